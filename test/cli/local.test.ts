// `ideamine local`: an SDK of another process starts a run over the wire and sees it end.

import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it } from '@jest/globals';
import { newHome, repository, start } from './command.ts';

const PIPELINE = join(repository, 'examples', 'pipelines', 'sequential.yaml');

it('serves the app on a loopback port until it is interrupted', async () => {
  const home = newHome();
  const served = start(home, ['local', '--port', '0', '--pipeline', PIPELINE]);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      served.child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /listening on (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      served.ended.then((ended) => reject(new Error(ended.stderr)), reject);
    });
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const client = new SFNClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    const run = stateMachines.find((machine) => machine.name?.endsWith('-run'));
    const { executionArn } = await client.send(
      new StartExecutionCommand({
        stateMachineArn: run?.stateMachineArn,
        name: 'over-the-wire',
        input: JSON.stringify({
          idea: 'A shared calendar for a village hall. Villagers book the hall by phone today.',
        }),
      }),
    );
    let status: string | undefined;
    do status = (await client.send(new DescribeExecutionCommand({ executionArn }))).status;
    while (status === 'RUNNING');
    expect(['SUCCEEDED', 'FAILED']).toContain(status);
    client.destroy();
    served.child.kill('SIGINT');
    expect((await served.ended).code).toBe(0);
  } finally {
    served.child.kill('SIGKILL');
    await served.ended;
    home.remove();
  }
}, 120_000);
