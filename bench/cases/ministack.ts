// MiniStack beside us: only where it is installed already, since nothing is installed for a measurement.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { choiceLoop, type Measured } from '../definitions.ts';
import { openEngine, runner } from '../engine.ts';
import { rate, ratio, sideBySide, timed } from '../measure.ts';

const PORT = 45_661;
const ENDPOINT = `http://127.0.0.1:${PORT}`;
const VERSION = "import importlib.metadata as m; print(m.version('ministack'))";

async function run(options: Options): Promise<CaseResult> {
  const found = spawnSync('python3', ['-c', VERSION], { encoding: 'utf8' });
  if (found.status !== 0) return { figures: [], text: ['MiniStack (PyPI `ministack`): not installed.', ''] };
  const server = spawn('ministack', [], { stdio: 'ignore', env: { ...process.env, GATEWAY_PORT: String(PORT) } });
  const durable = await openEngine('durable');
  try {
    await answering(server);
    const measured = choiceLoop(options.quick ? 500 : 6_200);
    const ours = await runner(durable, 'loop', measured);
    const theirs = await remoteRunner(measured);
    const trials = await sideBySide(options.quick ? 2 : 5, 1, {
      ours: () => timed(measured.transitions, ours),
      theirs: () => timed(measured.transitions, theirs),
    });
    const named = `MiniStack ${found.stdout.trim()}`;
    const theirRate = rate(
      `Choice loop, ${named} over the wire`,
      'transitions/s',
      trials.theirs,
      'looked at every 5 ms',
    );
    const against = ratio('Choice loop, durable : MiniStack', trials.ours, trials.theirs);
    // The CPU is the server's: what this process used says nothing.
    return {
      figures: [
        rate('Choice loop, durable', 'transitions/s', trials.ours),
        { ...theirRate, byCpu: undefined },
        { ...against, byCpu: undefined },
      ],
    };
  } finally {
    server.kill();
    await durable.close();
  }
}

async function remoteRunner({ definition, input }: Measured): Promise<() => Promise<void>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const states = new SFNClient({ endpoint: ENDPOINT, region: 'us-east-1', credentials });
  const roleArn = 'arn:aws:iam::000000000000:role/bench';
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({ name: 'loop', definition: JSON.stringify(definition), roleArn }),
  );
  return async () => {
    const started = await states.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    const { executionArn } = started;
    for (;;) {
      const { status } = await states.send(new DescribeExecutionCommand({ executionArn }));
      if (status === 'SUCCEEDED') return;
      if (status !== 'RUNNING') throw new Error(`the execution ended ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
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
