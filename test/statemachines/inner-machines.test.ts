// How phase, attempt, round and task machines go, each over the ones inside it, with handlers played by the test.

import { afterEach, describe, expect, it } from '@jest/globals';
import { sampleMachines } from './sample.ts';
import { HandlerError, openStage, type Stage } from './stage.ts';

const { phase, attempt, round, task } = sampleMachines();

let stage: Stage | undefined;
afterEach(() => stage?.close());

const payloadsOf = (opened: Stage, handler: string) =>
  opened.calls.filter((call) => call.handler === handler).map(({ payload }) => payload);

const at = { runId: 'r-1', phase: 'build', attempt: 1, round: 1 };
const item = (name: string) => ({
  ...at,
  wave: 1,
  task: name,
  try: 1,
  workerClass: 'models',
  timeoutSeconds: 600,
  heartbeatSeconds: 120,
});

describe('the task machine', () => {
  /** The queue is there but nobody reads it: every try times out. */
  async function openTask(moves: ('retry' | 'failed' | 'done')[]) {
    const opened = await openStage(
      { task },
      {
        supervise: ({ state }) => ({ ...item('a'), try: state.try + 1, delaySeconds: 7, next: moves.shift() }),
      },
    );
    const { QueueUrl } = await opened.world.call('SQS', 'CreateQueue', { QueueName: 'models' });
    stage = opened;
    return { opened, QueueUrl };
  }

  it('sends the work with a token, and asks the supervisor when no worker is heard', async () => {
    const { opened, QueueUrl } = await openTask(['failed']);
    const ended = await opened.run('task', item('a'));
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { task: 'a', ok: false } });
    expect(payloadsOf(opened, 'supervise')).toEqual([
      { state: { ...item('a'), error: expect.objectContaining({ Error: 'States.Timeout' }) } },
    ]);
    const { Messages } = await opened.world.call('SQS', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages).toHaveLength(1);
    expect(JSON.parse(Messages[0].Body)).toEqual({
      contract: 1,
      token: expect.any(String),
      ...at,
      wave: 1,
      task: 'a',
      try: 1,
    });
  });

  it('backs off as long as it is told, then tries again as the next try', async () => {
    const { opened, QueueUrl } = await openTask(['retry', 'failed']);
    const before = opened.world.fabric.clock.now();
    const ended = await opened.run('task', item('a'));
    expect(ended.entered).toEqual([
      'Which workers',
      'Work (models)',
      'Supervise',
      'What next',
      'Back off',
      'Which workers',
      'Work (models)',
      'Supervise',
      'What next',
      'Set aside',
    ]);
    expect((opened.world.fabric.clock.now() - before) / 1000).toBe(120 + 7 + 120);
    const { Messages } = await opened.world.call('SQS', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages.map(({ Body }: { Body: string }) => JSON.parse(Body).try).toSorted()).toEqual([1, 2]);
  });

  it('is done when the supervisor finds the work done after all', async () => {
    const { opened } = await openTask(['done']);
    expect((await opened.run('task', item('a'))).output).toEqual({ task: 'a', ok: true });
  });

  it('is done when a worker answers its token', async () => {
    const { opened, QueueUrl } = await openTask([]);
    const { executionArn } = await opened.world.call('SFN', 'StartExecution', {
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:task',
      input: JSON.stringify(item('a')),
    });
    const { Messages } = await opened.world.call('SQS', 'ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 });
    const { token } = JSON.parse(Messages[0].Body);
    await opened.world.call('SFN', 'SendTaskSuccess', { taskToken: token, output: '{"task":"a","ok":true}' });
    await opened.world.run(() => false);
    const { status, output } = await opened.world.call('SFN', 'DescribeExecution', { executionArn });
    expect({ status, output: JSON.parse(output) }).toEqual({ status: 'SUCCEEDED', output: { task: 'a', ok: true } });
    expect(opened.calls).toEqual([]);
  });
});

describe('the round machine', () => {
  const instant = {
    Comment: 'a task that is done, or lost',
    TimeoutSeconds: 60,
    StartAt: 'which',
    States: {
      which: { Type: 'Choice', Choices: [{ Variable: '$.task', StringEquals: 'lost', Next: 'gone' }], Default: 'done' },
      gone: { Type: 'Fail', Error: 'States.Timeout' },
      done: { Type: 'Pass', Parameters: { 'task.$': '$.task', ok: true }, End: true },
    },
  };

  it('runs wave after wave until the plan says aggregate, and answers what aggregate does', async () => {
    const opened = await openStage(
      { round, task: instant },
      {
        plan: ({ wave, ...rest }) => ({
          ...rest,
          wave,
          next: wave < 3 ? 'inline' : 'aggregate',
          nextWave: wave + 1,
          concurrency: 2,
          tasks: wave < 3 ? [item('a'), item('lost'), item('b')] : [],
          items: null,
        }),
        aggregate: (message) => ({ ...message, round: message.round + 1, next: 'gate' }),
      },
    );
    stage = opened;
    const ended = await opened.run('round', { ...at, wave: 1 });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { ...at, round: 2, next: 'gate' } });
    expect(payloadsOf(opened, 'plan')).toEqual([1, 2, 3].map((wave) => ({ ...at, wave })));
    expect(payloadsOf(opened, 'aggregate')).toEqual([at]);
    const { executions } = await opened.world.call('SFN', 'ListExecutions', {
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:task',
    });
    expect(executions).toHaveLength(6);
  });

  it('fans a large wave out from its list in the bucket', async () => {
    const opened = await openStage(
      { round, task: instant },
      {
        plan: ({ wave, ...rest }) => ({
          ...rest,
          wave,
          next: wave === 1 ? 'distributed' : 'aggregate',
          nextWave: wave + 1,
          concurrency: 10,
          tasks: [],
          items: { bucket: 'artifacts', key: 'runs/r-1/plans/large.json' },
        }),
        aggregate: (message) => ({ ...message, next: 'gate' }),
      },
    );
    stage = opened;
    await opened.world.call('S3', 'CreateBucket', { Bucket: 'artifacts' });
    const items = Array.from({ length: 120 }, (_, index) => item(index % 10 === 0 ? 'lost' : `t${index}`));
    await opened.world.call('S3', 'PutObject', {
      Bucket: 'artifacts',
      Key: 'runs/r-1/plans/large.json',
      Body: Buffer.from(JSON.stringify(items)),
    });
    const ended = await opened.run('round', { ...at, wave: 1 });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { next: 'gate' } });
    expect(ended.entered).toEqual([
      'Plan',
      'How to fan out',
      'Fan out many',
      'Next wave',
      'Plan',
      'How to fan out',
      'Aggregate',
    ]);
    const { executions } = await opened.world.call('SFN', 'ListExecutions', {
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:task',
      maxResults: 1000,
    });
    expect(executions).toHaveLength(120);
  });
});

describe('the attempt machine', () => {
  it('goes round until the round says gate, then answers the gate’s verdict', async () => {
    const rounds = {
      Comment: 'a round that asks for two more',
      TimeoutSeconds: 60,
      StartAt: 'which',
      States: {
        which: {
          Type: 'Choice',
          Choices: [{ Variable: '$.round', NumericLessThan: 3, Next: 'more' }],
          Default: 'enough',
        },
        more: {
          Type: 'Pass',
          Parameters: {
            'runId.$': '$.runId',
            'phase.$': '$.phase',
            'attempt.$': '$.attempt',
            'round.$': 'States.MathAdd($.round, 1)',
            next: 'round',
          },
          End: true,
        },
        enough: {
          Type: 'Pass',
          Parameters: { 'runId.$': '$.runId', 'phase.$': '$.phase', 'attempt.$': '$.attempt', round: 4, next: 'gate' },
          End: true,
        },
      },
    };
    const opened = await openStage(
      { attempt, round: rounds },
      { gate: (message) => ({ ...message, verdict: 'passed', score: null }) },
    );
    stage = opened;
    const ended = await opened.run('attempt', at);
    expect(ended.output).toEqual({ runId: 'r-1', phase: 'build', attempt: 1, verdict: 'passed', score: null });
    expect(ended.entered.filter((name) => name === 'Round')).toHaveLength(3);
    expect(payloadsOf(opened, 'gate')).toEqual([{ runId: 'r-1', phase: 'build', attempt: 1 }]);
  });
});

describe('the phase machine', () => {
  const gated = (verdict: string) => ({
    Comment: 'an attempt',
    TimeoutSeconds: 60,
    StartAt: 'which',
    States: {
      which: { Type: 'Choice', Choices: [{ Variable: '$.attempt', NumericEquals: 9, Next: 'gone' }], Default: 'end' },
      gone: { Type: 'Fail', Error: 'IdeaMine.Unknown', Cause: 'no gate' },
      end: {
        Type: 'Pass',
        Parameters: { 'runId.$': '$.runId', 'phase.$': '$.phase', 'attempt.$': '$.attempt', verdict },
        End: true,
      },
    },
  });
  const begun = (attemptNumber: number) => ({
    runId: 'r-1',
    phase: 'build',
    attempt: attemptNumber,
    next: 'attempt',
    ok: false,
  });

  // biome-ignore lint/suspicious/noExplicitAny: the phase handler's messages
  async function openPhase(verdict: string, handler: (message: any, token: (token: string) => void) => unknown) {
    let token = '';
    const opened = await openStage(
      { phase, attempt: gated(verdict) },
      {
        phase: (message) =>
          handler(message, (given) => {
            token = given;
          }),
      },
    );
    stage = opened;
    return { opened, token: () => token };
  }

  it('hands on at once what was handed on before', async () => {
    const { opened } = await openPhase('passed', () => ({ ...begun(1), next: 'done', ok: true }));
    const ended = await opened.run('phase', { runId: 'r-1', phase: 'build' });
    expect(ended.output).toEqual({ runId: 'r-1', phase: 'build', ok: true });
    expect(ended.entered).toEqual(['Begin', 'What next', 'Verdict']);
  });

  it('tries as often as it is told to', async () => {
    const { opened } = await openPhase('failed', (message) => {
      if (message.op === 'begin') return begun(1);
      const { attempt: tried } = message.state;
      return tried < 3 ? begun(tried + 1) : { ...begun(tried), next: 'done' };
    });
    const ended = await opened.run('phase', { runId: 'r-1', phase: 'build' });
    expect(ended.output).toEqual({ runId: 'r-1', phase: 'build', ok: false });
    expect(payloadsOf(opened, 'phase').slice(1)).toEqual(
      [1, 2, 3].map((number) => ({
        op: 'decide',
        state: { runId: 'r-1', phase: 'build', attempt: number, verdict: 'failed' },
      })),
    );
  });

  it('has an attempt that broke decided too, with its error', async () => {
    const { opened } = await openPhase('passed', (message) =>
      message.op === 'begin' ? begun(9) : { ...begun(9), next: 'done' },
    );
    expect((await opened.run('phase', { runId: 'r-1', phase: 'build' })).status).toBe('SUCCEEDED');
    expect(payloadsOf(opened, 'phase')[1]).toMatchObject({
      op: 'decide',
      state: { runId: 'r-1', phase: 'build', attempt: 9, error: { Error: 'States.TaskFailed' } },
    });
  });

  it('waits for a person and takes the answer to resolve', async () => {
    const { opened, token } = await openPhase('failed', (message, keep) => {
      if (message.op === 'begin') return begun(1);
      if (message.op === 'decide') return { ...begun(1), next: 'escalate' };
      if (message.op === 'escalate') return keep(message.token);
      return { ...begun(1), next: 'done', ok: message.state.decision.verdict === 'approve' };
    });
    const { executionArn } = await opened.world.call('SFN', 'StartExecution', {
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:phase',
      input: '{"runId":"r-1","phase":"build"}',
    });
    await opened.world.run(() => token() !== '');
    await opened.world.call('SFN', 'SendTaskSuccess', { taskToken: token(), output: '{"verdict":"approve"}' });
    await opened.world.run(() => false);
    const { status, output } = await opened.world.call('SFN', 'DescribeExecution', { executionArn });
    expect({ status, output: JSON.parse(output) }).toEqual({
      status: 'SUCCEEDED',
      output: { runId: 'r-1', phase: 'build', ok: true },
    });
  });

  it('takes five days of silence to resolve as an error', async () => {
    const { opened } = await openPhase('failed', (message) => {
      if (message.op === 'begin') return begun(1);
      if (message.op === 'decide') return { ...begun(1), next: 'escalate' };
      return message.op === 'escalate' ? null : { ...begun(1), next: 'done', ok: false };
    });
    const before = opened.world.fabric.clock.now();
    const ended = await opened.run('phase', { runId: 'r-1', phase: 'build' });
    expect(ended.output).toEqual({ runId: 'r-1', phase: 'build', ok: false });
    expect((opened.world.fabric.clock.now() - before) / 86_400_000).toBe(5);
    expect(payloadsOf(opened, 'phase').at(-1)).toMatchObject({
      op: 'resolve',
      state: { error: { Error: 'States.Timeout' } },
    });
  });

  it('fails when its handler breaks, which the run takes as a phase that is not handed on', async () => {
    const { opened } = await openPhase('passed', () => {
      throw new HandlerError('IdeaMine.NoSuchRun');
    });
    expect(await opened.run('phase', { runId: 'r-1', phase: 'build' })).toMatchObject({
      status: 'FAILED',
      error: 'IdeaMine.NoSuchRun',
    });
  });

  it('calls its handler again when a call fails in passing', async () => {
    let faults = 2;
    const { opened } = await openPhase('passed', () => {
      if (faults-- > 0) throw new HandlerError('IdeaMine.Transient');
      return { ...begun(1), next: 'done', ok: true };
    });
    expect((await opened.run('phase', { runId: 'r-1', phase: 'build' })).status).toBe('SUCCEEDED');
    expect(payloadsOf(opened, 'phase')).toHaveLength(3);
  });
});
