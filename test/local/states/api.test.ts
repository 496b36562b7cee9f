// The API beside executions: versions, aliases, tags, activities, express machines, TestState.

import { describe, expect, it } from '@jest/globals';
import { TestWorld } from './test-world.ts';

const pass = (comment: string) =>
  JSON.stringify({ Comment: comment, StartAt: 'P', States: { P: { Type: 'Pass', End: true } } });
const named = (name: string) => expect.objectContaining({ name });

describe('machines', () => {
  it('are created once, changed by revision, published as versions', () => {
    const world = new TestWorld();
    const input = { name: 'm', definition: pass('1'), roleArn: 'r', publish: true };
    const { stateMachineArn, stateMachineVersionArn } = world.call('CreateStateMachine', input);
    expect(stateMachineVersionArn).toBe(`${String(stateMachineArn)}:1`);
    expect(world.call('CreateStateMachine', input).stateMachineArn).toBe(stateMachineArn);
    expect(() => world.call('CreateStateMachine', { ...input, definition: pass('2') })).toThrow(
      named('StateMachineAlreadyExists'),
    );
    const { revisionId } = world.call('UpdateStateMachine', { stateMachineArn, definition: pass('2') });
    expect(world.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      revisionId,
      definition: pass('2'),
    });
    expect(world.call('DescribeStateMachine', { stateMachineArn: stateMachineVersionArn })).toMatchObject({
      definition: pass('1'),
    });
    expect(() => world.call('PublishStateMachineVersion', { stateMachineArn, revisionId: 'other' })).toThrow(
      named('ConflictException'),
    );
    expect(world.call('PublishStateMachineVersion', { stateMachineArn }).stateMachineVersionArn).toBe(
      `${String(stateMachineArn)}:2`,
    );
    expect(world.call('PublishStateMachineVersion', { stateMachineArn }).stateMachineVersionArn).toBe(
      `${String(stateMachineArn)}:2`,
    );
  });

  it('running go on with the definition they began with', async () => {
    const world = new TestWorld();
    const wait = (result: number) =>
      JSON.stringify({
        StartAt: 'W',
        States: { W: { Type: 'Wait', Seconds: 5, Next: 'P' }, P: { Type: 'Pass', Result: result, End: true } },
      });
    const stateMachineArn = world.create(wait(1));
    const arn = world.start(stateMachineArn);
    world.call('UpdateStateMachine', { stateMachineArn, definition: wait(2) });
    await world.run();
    expect(world.describe(arn).output).toBe('1');
  });

  it('are reached by aliases, by weight', async () => {
    const world = new TestWorld({ seed: 4 });
    const result = (n: number) =>
      JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: n, End: true } } });
    const first = world.call('CreateStateMachine', { name: 'm', definition: result(1), roleArn: 'r', publish: true });
    const second = world.call('UpdateStateMachine', {
      stateMachineArn: first.stateMachineArn,
      definition: result(2),
      publish: true,
    });
    const routes = [
      { stateMachineVersionArn: first.stateMachineVersionArn, weight: 50 },
      { stateMachineVersionArn: second.stateMachineVersionArn, weight: 50 },
    ];
    const { stateMachineAliasArn } = world.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: routes,
    });
    const outputs = new Set<unknown>();
    for (let i = 0; i < 20; i++) {
      const arn = world.start(stateMachineAliasArn as string);
      await world.run();
      outputs.add(world.describe(arn).output);
    }
    expect(outputs).toEqual(new Set(['1', '2']));
    expect(() =>
      world.call('DeleteStateMachineVersion', { stateMachineVersionArn: first.stateMachineVersionArn }),
    ).toThrow(named('ConflictException'));
    const wrong = [{ stateMachineVersionArn: first.stateMachineVersionArn, weight: 30 }];
    expect(() => world.call('CreateStateMachineAlias', { name: 'x', routingConfiguration: wrong })).toThrow(
      named('ValidationException'),
    );
  });

  it('and activities carry tags', () => {
    const world = new TestWorld();
    const resourceArn = world.create(pass('1'));
    world.call('TagResource', {
      resourceArn,
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    world.call('UntagResource', { resourceArn, tagKeys: ['a'] });
    expect(world.call('ListTagsForResource', { resourceArn })).toEqual({ tags: [{ key: 'b', value: '2' }] });
  });

  it('survive a restart with all of it', () => {
    const world = new TestWorld({ file: ':memory:' });
    const stateMachineArn = world.create(pass('1'), { publish: true });
    expect(
      world.db.prepare("SELECT count(*) AS n FROM sfn_resource WHERE kind IN ('machine', 'version')").get()?.n,
    ).toBe(2);
    world.call('DeleteStateMachine', { stateMachineArn });
    expect(world.db.prepare('SELECT count(*) AS n FROM sfn_resource').get()?.n).toBe(0);
  });
});

describe('activities', () => {
  const machine = (arn: unknown, more: object = {}) => ({
    StartAt: 'A',
    States: { A: { Type: 'Task', Resource: arn, ...more, End: true } },
  });

  it('hand a task to one worker, which answers by its token', async () => {
    const world = new TestWorld();
    const { activityArn } = world.call('CreateActivity', { name: 'a' });
    const arn = world.start(world.create(machine(activityArn)), { x: 1 });
    await world.run(() => false, world.now);
    const task = world.call('GetActivityTask', { activityArn, workerName: 'w' });
    expect(JSON.parse(String(task.input))).toEqual({ x: 1 });
    world.call('SendTaskSuccess', { taskToken: task.taskToken, output: '2' });
    await world.run();
    expect(world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });
  });

  it('answer a waiting worker when a task comes, or with nothing after a minute', async () => {
    const world = new TestWorld();
    const { activityArn } = world.call('CreateActivity', { name: 'a' });
    const answers: unknown[] = [];
    const poll = () =>
      (world.call('GetActivityTask', { activityArn }) as unknown as Promise<object>).then((answer) =>
        answers.push(answer),
      );
    void poll();
    await world.run();
    expect(answers).toEqual([{}]);
    void poll();
    world.start(world.create(machine(activityArn, { TimeoutSeconds: 9 })), { x: 1 });
    await world.run(() => answers.length === 2);
    expect(answers[1]).toMatchObject({ input: '{"x":1}' });
  });

  it('that do not exist fail the execution', async () => {
    const world = new TestWorld();
    const gone = 'arn:aws:states:us-east-1:111111111111:activity:gone';
    const arn = world.start(world.create(machine(gone)));
    await world.run();
    expect(world.describe(arn)).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining(`The activity ${gone} does not exist.`),
    });
  });
});

describe('express machines', () => {
  it('answer StartSyncExecution with their end', async () => {
    const world = new TestWorld();
    const stateMachineArn = world.create(
      {
        StartAt: 'W',
        States: { W: { Type: 'Wait', Seconds: 2, Next: 'P' }, P: { Type: 'Pass', Result: 7, End: true } },
      },
      { type: 'EXPRESS' },
    );
    let answer: Record<string, unknown> | undefined;
    (
      world.call('StartSyncExecution', { stateMachineArn, input: '{}' }) as unknown as Promise<Record<string, unknown>>
    ).then((value) => {
      answer = value;
    });
    await world.run(() => answer !== undefined);
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '7', input: '{}' });
    expect(() => world.call('ListExecutions', { stateMachineArn })).toThrow(named('StateMachineTypeNotSupported'));
  });
});

describe('TestState', () => {
  const test = (state: object, more: object = {}) =>
    new TestWorld().call('TestState', { definition: JSON.stringify(state), ...more });

  it('shows what each step of a state gave', () => {
    const state = { Type: 'Pass', InputPath: '$.a', Parameters: { 'b.$': '$.x' }, ResultPath: '$.r', End: true };
    expect(test(state, { input: '{"a":{"x":1}}', inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: '{"a":{"x":1},"r":{"b":1}}',
      inspectionData: {
        input: '{"a":{"x":1}}',
        afterInputPath: '{"x":1}',
        afterParameters: '{"b":1}',
        afterResultSelector: '{"b":1}',
        afterResultPath: '{"a":{"x":1},"r":{"b":1}}',
      },
    });
  });

  it('takes a mock in the place of a call, and checks it against the service', () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: 'x' },
      Next: 'N',
    };
    const mock = (result: object, more: object = {}) =>
      test(state, { mock: { result: JSON.stringify(result), ...more } });
    expect(mock({ ExecutionArn: 'a', StartDate: 's' })).toEqual({
      status: 'SUCCEEDED',
      output: '{"ExecutionArn":"a","StartDate":"s"}',
      nextState: 'N',
    });
    expect(() => mock({})).toThrow("Mock result schema validation error: Required field 'ExecutionArn' is missing");
    expect(() => mock({ ExecutionArn: 1 }, { fieldValidationMode: 'PRESENT' })).toThrow(
      "Field 'ExecutionArn' must be a string",
    );
    expect(mock({}, { fieldValidationMode: 'NONE' })).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('tells what a retrier or catcher would do', () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish',
      Parameters: {},
      Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 3 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'C' }],
      End: true,
    };
    const fail = (retrierRetryCount: number) =>
      test(state, {
        input: '{}',
        inspectionLevel: 'DEBUG',
        mock: { errorOutput: { error: 'E', cause: 'c' } },
        stateConfiguration: { retrierRetryCount },
      });
    expect(fail(2)).toMatchObject({
      status: 'RETRIABLE',
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 18 } },
    });
    expect(fail(3)).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'C',
      output: '{"e":{"Error":"E","Cause":"c"}}',
      inspectionData: { errorDetails: { catchIndex: 0 } },
    });
  });

  it('refuses what it cannot test', () => {
    expect(() =>
      test({ Type: 'Map', ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Succeed' } } }, End: true }),
    ).toThrow(named('InvalidDefinition'));
    expect(() => test({ Type: 'Pass', End: true }, { mock: { result: '1' } })).toThrow(
      "State type 'Pass' is not supported when a mock is specified",
    );
    expect(() => new TestWorld().call('TestState', { definition: pass('x'), stateName: 'No' })).toThrow(
      'State not found in definition',
    );
  });
});
