// A mixed workload for the tests of durability: maps, callbacks, waits, retries, nested executions, a map run, variables.
// Everything outside the engine that must outlive a kill is in the same file: messages and what was called.

import type { Fabric, Operation } from '../../../local/service.ts';
import { TestWorld, type TestWorldOptions } from './test-world.ts';

const invoke = 'arn:aws:states:::lambda:invoke';

export const child = {
  StartAt: 'Pause',
  States: {
    Pause: { Type: 'Wait', Seconds: 3, Next: 'Double' },
    Double: { Type: 'Pass', Parameters: { 'twice.$': 'States.MathAdd($.n, $.n)' }, End: true },
  },
};

export const parent = {
  StartAt: 'Remember',
  States: {
    Remember: { Type: 'Pass', Assign: { 'list.$': '$.list' }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              ItemsPath: '$list',
              MaxConcurrency: 2,
              ItemSelector: { 'n.$': '$$.Map.Item.Value' },
              ItemProcessor: {
                StartAt: 'Flaky',
                States: {
                  Flaky: {
                    Type: 'Task',
                    Resource: invoke,
                    Parameters: {
                      FunctionName: 'flaky',
                      Payload: { 'n.$': '$.n', 'attempt.$': '$$.State.RetryCount' },
                    },
                    ResultSelector: { 'n.$': '$.Payload.n' },
                    Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 }],
                    Next: 'Ask',
                  },
                  Ask: {
                    Type: 'Task',
                    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                    Parameters: { QueueUrl: 'q', MessageBody: { 'n.$': '$.n', 'token.$': '$$.Task.Token' } },
                    TimeoutSeconds: 1000,
                    HeartbeatSeconds: 600,
                    End: true,
                  },
                },
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Nested',
          States: {
            Nested: {
              Type: 'Task',
              Resource: 'arn:aws:states:::states:startExecution.sync:2',
              Parameters: { StateMachineArn: 'CHILD', Input: { n: 21 } },
              ResultSelector: { 'twice.$': '$.Output.twice' },
              End: true,
            },
          },
        },
      ],
      ResultPath: '$.both',
      Next: 'Many',
    },
    Many: {
      Type: 'Map',
      ItemsPath: '$.list',
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Nap',
        States: { Nap: { Type: 'Wait', Seconds: 1, Next: 'Out' }, Out: { Type: 'Pass', End: true } },
      },
      ResultPath: '$.many',
      Next: 'Fails',
    },
    Fails: {
      Type: 'Task',
      Resource: invoke,
      Parameters: { FunctionName: 'broken' },
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'Enough' }],
      End: true,
    },
    Enough: {
      Type: 'Pass',
      Parameters: { 'both.$': '$.both', 'many.$': '$.many', 'error.$': '$.caught.Error' },
      End: true,
    },
  },
};

/** What the workload's execution must give. */
export const EXPECTED = {
  both: [[{ n: 1 }, { n: 2 }, { n: 3 }], { twice: 42 }],
  many: [1, 2, 3],
  error: 'Broken',
};

/** Functions answer after two virtual seconds; messages wait in a table of the same file until they are answered. */
export function openWorkload(options: TestWorldOptions): TestWorld {
  return new TestWorld({ ...options, services });
}

function services(fabric: Fabric): Record<string, Record<string, Operation>> {
  fabric.db.exec('CREATE TABLE IF NOT EXISTS test_queue (id INTEGER PRIMARY KEY, body TEXT)');
  return {
    SQS: {
      SendMessage: ({ MessageBody }: { MessageBody: string }) => {
        fabric.db.prepare('INSERT INTO test_queue (body) VALUES (?)').run(MessageBody);
        return { MessageId: '1' };
      },
    },
    Lambda: {
      Invoke: ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) => {
        return new Promise((resolve) => {
          fabric.timers.set(fabric.clock.now() + 2000, () => resolve(functions(FunctionName, Payload)));
        });
      },
    },
    EventBridge: { PutEvents: () => ({ FailedEntryCount: 0, Entries: [] }) },
  };
}

function functions(name: string, payload: Uint8Array): object {
  const fail = (errorType: string) => ({
    FunctionError: 'Unhandled',
    Payload: JSON.stringify({ errorType, errorMessage: 'no' }),
  });
  if (name === 'broken') return fail('Broken');
  const input = JSON.parse(Buffer.from(payload).toString('utf8'));
  return input.attempt < input.n - 1 ? fail('Flaky') : { StatusCode: 200, Payload: JSON.stringify({ n: input.n }) };
}

export function begin(world: TestWorld, run = 'the-run'): string {
  const name = world.create(child, { name: 'child' });
  const text = JSON.stringify(parent).replace('CHILD', name);
  return world.start(world.create(text, { name: 'parent' }), { list: [1, 2, 3] }, run);
}

/** Runs until the execution has ended or `turns` more turns are done; answers messages as a worker would. */
export async function drive(world: TestWorld, arn: string, turns = Number.POSITIVE_INFINITY): Promise<boolean> {
  const last = world.turns + turns;
  const waiting = world.db.prepare('SELECT id, body FROM test_queue ORDER BY id LIMIT 1');
  for (;;) {
    await world.run(() => world.turns >= last || waiting.get() !== undefined);
    if (world.turns >= last) return false;
    const message = waiting.get() as { id: number; body: string } | undefined;
    if (message) {
      const { n, token } = JSON.parse(message.body);
      // Answer first, delete second: a worker killed in between answers twice, and the second answer is refused.
      try {
        world.call('SendTaskSuccess', { taskToken: token, output: JSON.stringify({ n }) });
      } catch (cause) {
        if ((cause as Error).name !== 'TaskTimedOut') throw cause;
      }
      if (world.turns >= last) return false;
      world.db.prepare('DELETE FROM test_queue WHERE id = ?').run(message.id);
      continue;
    }
    return world.ended(arn);
  }
}
