// Redrive, as "Restarting state machine executions with redrive" and "Redriving Map Runs" of the Step Functions developer guide say:
// (docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html, redrive-map-run.html; reasons: API_DescribeExecution.html)
// what has its output keeps it, what has none begins again under the same ARN, its state not entered anew.

import { describe, expect, it } from '@jest/globals';
import { AwsError } from '../../../local/service.ts';
import { type HistoryItem, TestWorld } from './test-world.ts';

/** Functions fail by name until they are mended. */
function breakable() {
  const broken = new Set(['f']);
  const calls: unknown[] = [];
  const services = {
    Lambda: {
      Invoke: ({ Payload }: { Payload: Uint8Array }) => {
        const input = JSON.parse(Buffer.from(Payload).toString('utf8'));
        calls.push(input);
        return broken.has(input.key)
          ? { FunctionError: 'Unhandled', Payload: '{"errorType":"Down"}' }
          : { Payload: JSON.stringify({ ok: input.key }) };
      },
    },
    EventBridge: { PutEvents: () => ({ FailedEntryCount: 0 }) },
  };
  return { broken, calls, services };
}

const task = (key: string) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'x', Payload: { key } },
  OutputPath: '$.Payload',
  End: true,
});
const types = (history: readonly HistoryItem[]) => history.map((event) => event.type);

describe('RedriveExecution', () => {
  it('goes on from the failed state without entering it again', async () => {
    const { broken, services, calls } = breakable();
    const world = new TestWorld({ services });
    const arn = world.start(world.create({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: task('f') } }), {
      n: 1,
    });
    await world.run();
    expect(world.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'Down',
      redriveStatus: 'REDRIVABLE',
      redriveCount: 0,
    });
    broken.clear();
    const { redriveDate } = world.call('RedriveExecution', { executionArn: arn });
    expect(redriveDate).toEqual(new Date(world.now));
    await world.run();
    expect(world.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"ok":"f"}',
      redriveCount: 1,
      redriveDate,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    const history = world.history(arn);
    expect(types(history).slice(4)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(history[8]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
    expect(calls).toHaveLength(2);
  });

  it('runs only the branches and iterations that did not succeed', async () => {
    const { broken, services, calls } = breakable();
    const world = new TestWorld({ services });
    const branch = (key: string) => ({ StartAt: `S${key}`, States: { [`S${key}`]: task(key) } });
    const each = {
      StartAt: 'One',
      States: { One: { ...task('x'), Parameters: { FunctionName: 'x', Payload: { 'key.$': '$' } } } },
    };
    const arn = world.start(
      world.create({
        StartAt: 'P',
        States: {
          P: { Type: 'Parallel', Branches: [branch('a'), branch('f')], ResultPath: '$.p', Next: 'M' },
          M: { Type: 'Map', ItemsPath: '$.keys', MaxConcurrency: 1, ItemProcessor: each, ResultPath: '$.m', End: true },
        },
      }),
      { keys: ['b', 'f', 'c'] },
    );
    await world.run();
    expect(calls).toEqual([{ key: 'a' }, { key: 'f' }]);
    broken.clear();
    world.call('RedriveExecution', { executionArn: arn });
    await world.run();
    expect(world.describe(arn).status).toBe('SUCCEEDED');
    expect(calls).toEqual([{ key: 'a' }, { key: 'f' }, { key: 'f' }, { key: 'b' }, { key: 'f' }, { key: 'c' }]);
    expect(JSON.parse(String(world.describe(arn).output))).toEqual({
      keys: ['b', 'f', 'c'],
      p: [{ ok: 'a' }, { ok: 'f' }],
      m: [{ ok: 'b' }, { ok: 'f' }, { ok: 'c' }],
    });
  });

  it('keeps the results of a Map whose iteration failed', async () => {
    const { broken, services, calls } = breakable();
    const world = new TestWorld({ services });
    const each = {
      StartAt: 'One',
      States: { One: { ...task('x'), Parameters: { FunctionName: 'x', Payload: { 'key.$': '$' } } } },
    };
    const arn = world.start(
      world.create({ StartAt: 'M', States: { M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: each, End: true } } }),
      ['a', 'f', 'b'],
    );
    await world.run();
    expect(world.describe(arn).status).toBe('FAILED');
    broken.clear();
    world.call('RedriveExecution', { executionArn: arn });
    await world.run();
    expect(calls).toEqual([{ key: 'a' }, { key: 'f' }, { key: 'f' }, { key: 'b' }]);
    expect(JSON.parse(String(world.describe(arn).output))).toEqual([{ ok: 'a' }, { ok: 'f' }, { ok: 'b' }]);
  });

  it('redrives a failed map run and only its children without success', async () => {
    const { broken, services, calls } = breakable();
    const world = new TestWorld({ services });
    const each = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'One',
      States: { One: { ...task('x'), Parameters: { FunctionName: 'x', Payload: { 'key.$': '$' } } } },
    };
    const arn = world.start(
      world.create({ StartAt: 'M', States: { M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: each, End: true } } }),
      ['a', 'f', 'b'],
    );
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    const { mapRuns } = world.call<{ mapRuns: { mapRunArn: string }[] }>('ListMapRuns', { executionArn: arn });
    const [{ mapRunArn }] = mapRuns as [{ mapRunArn: string }];
    expect(world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'FAILED',
      maxConcurrency: 1,
      itemCounts: { total: 3, succeeded: 1, failed: 1, pending: 1 },
    });
    broken.clear();
    world.call('RedriveExecution', { executionArn: arn });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[{"ok":"a"},{"ok":"f"},{"ok":"b"}]' });
    expect(calls).toEqual([{ key: 'a' }, { key: 'f' }, { key: 'f' }, { key: 'b' }]);
    expect(types(world.history(arn)).slice(-6)).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    expect(world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      executionCounts: { total: 3, succeeded: 3 },
    });
  });

  it('takes up stopped and timed out executions', async () => {
    const world = new TestWorld({ services: breakable().services });
    const machine = world.create({
      TimeoutSeconds: 10,
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: 60, Next: 'E' }, E: { Type: 'Succeed' } },
    });
    const arn = world.start(machine);
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'TIMED_OUT' });
    world.call('RedriveExecution', { executionArn: arn });
    world.call('StopExecution', { executionArn: arn, error: 'E', cause: 'C' });
    expect(world.describe(arn)).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'C', redriveCount: 1 });
  });

  it('refuses what cannot be redriven', async () => {
    const world = new TestWorld({ services: breakable().services });
    const arn = world.start(world.create({ StartAt: 'S', States: { S: { Type: 'Succeed' } } }));
    await world.run();
    const call = () => world.call('RedriveExecution', { executionArn: arn });
    expect(call).toThrow(new AwsError('ExecutionNotRedrivable', 'Execution is SUCCEEDED and cannot be redriven'));
    const failed = world.start(world.create({ StartAt: 'F', States: { F: { Type: 'Fail' } } }));
    await world.run();
    world.now += 15 * 86_400_000;
    expect(() => world.call('RedriveExecution', { executionArn: failed })).toThrow('redrivable period');
  });

  it('is offered for 14 days from the end of the execution, for a year from its start, while its history has room', async () => {
    const DAY = 86_400_000;
    const world = new TestWorld({ services: breakable().services });
    const refused = (arn: string, reason: string) => {
      expect(world.describe(arn)).toMatchObject({ redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason });
      expect(() => world.call('RedriveExecution', { executionArn: arn })).toThrow(
        new AwsError('ExecutionNotRedrivable', reason),
      );
    };
    const wait = (Seconds: number) => ({
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } },
    });
    const long = world.start(world.create(wait(30 * 86_400)));
    expect(world.describe(long)).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    await world.run();
    world.now += 14 * DAY;
    expect(world.describe(long).redriveStatus).toBe('REDRIVABLE');
    world.now += 1;
    refused(long, 'Execution redrivable period exceeded');
    const old = world.start(world.create(wait(364 * 86_400)));
    await world.run();
    world.now += 2 * DAY;
    refused(old, 'Execution has exceeded the max execution time');
    const loop = {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Variable: '$.on', BooleanEquals: true, Next: 'A' }], Default: 'S' },
      S: { Type: 'Succeed' },
    };
    const full = world.start(world.create({ StartAt: 'A', States: loop }), { on: true });
    await world.run();
    refused(full, 'Execution history event limit exceeded');
  });

  it('begins timeouts and retries anew, and keeps input and definition', async () => {
    const { broken, services, calls } = breakable();
    const world = new TestWorld({ services });
    const Retry = [{ ErrorEquals: ['Down'], IntervalSeconds: 4, MaxAttempts: 1 }];
    const machine = world.create({ TimeoutSeconds: 10, StartAt: 'B', States: { B: { ...task('f'), Retry } } });
    const arn = world.start(machine, { n: 1 });
    await world.run();
    expect(calls).toHaveLength(2);
    world.now += 60_000;
    const definition = JSON.stringify({ StartAt: 'S', States: { S: { Type: 'Succeed' } } });
    world.call('UpdateStateMachine', { stateMachineArn: machine, definition });
    world.call('RedriveExecution', { executionArn: arn });
    await world.run();
    // A second attempt and its retry, 4 s later, within a timeout of 10 s that the minute between did not use up.
    expect(calls).toHaveLength(4);
    expect(world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Down', redriveCount: 1, input: '{"n":1}' });
    broken.clear();
    world.call('RedriveExecution', { executionArn: arn });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":"f"}', redriveCount: 2 });
  });
});
