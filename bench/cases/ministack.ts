// MiniStack beside us: only where it is installed already, since nothing is installed for a measurement.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { choiceLoop } from '../definitions.ts';
import { rate, repeat, timed } from '../measure.ts';

const PORT = 45_661;
const ENDPOINT = `http://127.0.0.1:${PORT}`;

async function run(options: Options): Promise<CaseResult> {
  const found = spawnSync('python3', ['-c', 'import ministack'], { stdio: 'ignore' });
  if (found.status !== 0) return { figures: [], text: ['MiniStack (PyPI `ministack`): not installed.', ''] };
  const server = spawn('ministack', [], { stdio: 'ignore', env: { ...process.env, GATEWAY_PORT: String(PORT) } });
  try {
    await answering(server);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const states = new SFNClient({ endpoint: ENDPOINT, region: 'us-east-1', credentials });
    const { definition, input, transitions } = choiceLoop(options.quick ? 500 : 6_200);
    const { stateMachineArn } = await states.send(
      new CreateStateMachineCommand({
        name: 'loop',
        definition: JSON.stringify(definition),
        roleArn: 'arn:aws:iam::000000000000:role/bench',
      }),
    );
    const trials = await repeat(options.quick ? 2 : 5, 1, () =>
      timed(transitions, async () => {
        const { executionArn } = await states.send(
          new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
        );
        for (let status: string | undefined = 'RUNNING'; status === 'RUNNING'; ) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          ({ status } = await states.send(new DescribeExecutionCommand({ executionArn })));
        }
      }),
    );
    // The CPU is the server's: what this process used says nothing.
    const figure = rate('Choice loop, MiniStack over the wire', 'transitions/s', trials, 'looked at every 5 ms');
    return { figures: [{ ...figure, byCpu: undefined }] };
  } finally {
    server.kill();
  }
}

async function answering(server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
    try {
      await fetch(ENDPOINT);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`MiniStack did not answer on ${ENDPOINT}`);
}

export const ministack: BenchCase = { name: 'ministack', title: 'MiniStack', run };
