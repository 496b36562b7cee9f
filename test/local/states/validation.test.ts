// What CreateStateMachine refuses, with the diagnostic's code, place and words; and what it tells of variables.

import { describe, expect, it } from '@jest/globals';
import { TestWorld } from './test-world.ts';

const diagnose = (definition: unknown, type = 'STANDARD') =>
  new TestWorld().call<{ diagnostics: { code: string; location: string; message: string }[] }>(
    'ValidateStateMachineDefinition',
    {
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      type,
    },
  ).diagnostics;
const state = (fields: object) => ({ StartAt: 'S', States: { S: fields } });

describe('definitions are refused for', () => {
  it.each([
    ['no JSON', '{', 'INVALID_JSON_DESCRIPTION', '/'],
    ['missing fields', { States: { S: { Type: 'Succeed' } } }, 'SCHEMA_VALIDATION_FAILED', '/'],
    ['an unknown type', state({ Type: 'Pas' }), 'SCHEMA_VALIDATION_FAILED', '/States/S/Type'],
    ['an unknown field', state({ Type: 'Pass', Foo: 1, End: true }), 'SCHEMA_VALIDATION_FAILED', '/States/S/Foo'],
    ['a missing target', state({ Type: 'Pass', Next: 'No' }), 'MISSING_TRANSITION_TARGET', '/States/S/Next'],
    [
      'an unreachable state',
      { StartAt: 'S', States: { S: { Type: 'Succeed' }, U: { Type: 'Succeed' } } },
      'MISSING_TRANSITION_TARGET',
      '/States/U',
    ],
    [
      'no end',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } },
      'NO_TERMINAL_STATE',
      '/',
    ],
    ['neither Next nor End', state({ Type: 'Pass' }), 'SCHEMA_VALIDATION_FAILED', '/States/S'],
    [
      'a field of the other language',
      state({ Type: 'Pass', QueryLanguage: 'JSONata', InputPath: '$', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/InputPath',
    ],
    [
      'a path that is none',
      state({ Type: 'Pass', InputPath: '$[', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/InputPath',
    ],
    [
      'a template that is none',
      state({ Type: 'Pass', Parameters: { 'x.$': 'plain' }, End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Parameters',
    ],
    [
      'an unknown resource',
      state({ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:query', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Resource',
    ],
    [
      'States.ALL not alone',
      state({
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'S' }],
        End: true,
      }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Catch[0]/ErrorEquals',
    ],
    [
      'a heartbeat as long as the timeout',
      state({
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        TimeoutSeconds: 5,
        HeartbeatSeconds: 5,
        End: true,
      }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S',
    ],
    [
      'JSONata that does not parse',
      state({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 + %}', End: true }),
      'SCHEMA_VALIDATION_FAILED',
      '/States/S/Output',
    ],
    [
      'a name used twice',
      {
        StartAt: 'S',
        States: {
          S: { Type: 'Parallel', Branches: [{ StartAt: 'S', States: { S: { Type: 'Succeed' } } }], End: true },
        },
      },
      'DUPLICATE_STATE_NAME',
      '/States/S/Branches[0]/States/S',
    ],
  ])('%s', (_, definition, code, location) => {
    expect(diagnose(definition)).toContainEqual(expect.objectContaining({ code, location, severity: 'ERROR' }));
  });

  it('callbacks in express machines', () => {
    const definition = state({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      End: true,
    });
    expect(diagnose(definition)).toEqual([]);
    expect(diagnose(definition, 'EXPRESS')).toHaveLength(1);
  });
});

it('all findings are told at once, in CreateStateMachine too', () => {
  const definition = JSON.stringify({ StartAt: 'S', States: { S: { Type: 'Pass', Foo: 1, Next: 'No' } } });
  expect(() => new TestWorld().call('CreateStateMachine', { name: 'm', definition, roleArn: 'r' })).toThrow(
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field is not supported at /States/S/Foo, MISSING_TRANSITION_TARGET: Missing 'Next' target: No at /States/S/Next'",
  );
});

it('variables are told by the states that refer to them', () => {
  const world = new TestWorld();
  const machine = world.create({
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: { Type: 'Pass', Parameters: { 'v.$': "States.Format('{}{}', $y, $x.z)" }, Next: 'C' },
      C: {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: '{% ($own := $x; $map([1], function($i) { $i + $own + $sum([$y]) })) %}',
        End: true,
      },
    },
  });
  expect(world.call('DescribeStateMachine', { stateMachineArn: machine }).variableReferences).toEqual({
    B: ['x', 'y'],
    C: ['x', 'y'],
  });
});
