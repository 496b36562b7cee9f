// The States Language, by tables: paths, intrinsic functions, choices, waits, data flow, errors, variables, JSONata.

import { describe, expect, it } from '@jest/globals';
import { runOnce } from './test-world.ts';

const pass = (fields: object) => ({ StartAt: 'P', States: { P: { Type: 'Pass', ...fields, End: true } } });
const give = async (template: string, input: unknown) => {
  const { output, error, cause } = await runOnce(pass({ Parameters: { 'x.$': template } }), input);
  return error === undefined ? (output as { x: unknown }).x : `${String(error)}: ${String(cause)}`;
};

const DOC = {
  a: { b: [10, 20, 30, 40] },
  list: [{ n: 1, t: 'x' }, { n: 2, t: 'y' }, { n: 3 }],
  'odd key': 1,
  s: 'text',
  z: null,
};

describe('paths', () => {
  it.each([
    ['$', DOC],
    ['$.a.b[1]', 20],
    ['$.a.b[-1]', 40],
    ["$['odd key']", 1],
    ['$.a.b[1:3]', [20, 30]],
    ['$.a.b[:2]', [10, 20]],
    ['$.a.b[2:]', [30, 40]],
    ['$.a.b[0,2]', [10, 30]],
    ['$.list[*].n', [1, 2, 3]],
    ['$..n', [1, 2, 3]],
    ['$.list[?(@.n > 1)].n', [2, 3]],
    ["$.list[?(@.n > 1 && @.t == 'y')].n", [2]],
    ['$.list[?(@.t)].n', [1, 2]],
    ['$.list[?(!(@.t))].n', [3]],
    ["$.list[?(@.t in ['x', 'z'])].n", [1]],
    ['$.list[?(@.t =~ /Y/i)].n', [2]],
    ['$.no[*]', []],
    ['$.a.b.length()', 4],
    ['$.z', null],
    ['$$.State.Name', 'P'],
  ])('%s', async (path, expected) => {
    expect(await give(path, DOC)).toEqual(expected);
  });

  it('that lead nowhere fail the state and name the field', async () => {
    expect(await give('$.no.such', { a: 1 })).toBe(
      `States.Runtime: An error occurred while executing the state 'P' (entered at the event id #2). The JSONPath '$.no.such' specified for the field 'x.$' could not be found in the input '{"a":1}'`,
    );
  });
});

describe('intrinsic functions', () => {
  it.each([
    ["States.Format('{} is {}', 'a', $.n)", 'a is 7'],
    ["States.Format('\\{\\} {}', $.l)", '{} [1,2,2]'],
    ['States.StringToJson($.j)', { k: [1] }],
    ['States.JsonToString($.l)', '[1,2,2]'],
    ["States.Array(1, 'b', $.n, true, null)", [1, 'b', 7, true, null]],
    ['States.ArrayPartition($.l, 2)', [[1, 2], [2]]],
    ['States.ArrayContains($.l, 2)', true],
    ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.l, 1)', 2],
    ['States.ArrayLength($.l)', 3],
    ['States.ArrayUnique($.l)', [1, 2]],
    ["States.Base64Encode('hé')", 'aMOp'],
    ["States.Base64Decode('aMOp')", 'hé'],
    ["States.Hash('x', 'MD5')", '9dd4e461268c8034f5c8564e155c67a6'],
    ['States.JsonMerge($.o, $.p, false)', { a: 2, b: 1, c: 3 }],
    ['States.MathAdd(1.5, -3)', -1],
    ["States.StringSplit('a,b;c', ',;')", ['a', 'b', 'c']],
    ['States.MathAdd(States.ArrayLength($.l), States.MathAdd(1, 1))', 5],
    ["States.Format('it\\'s')", "it's"],
  ])('%s', async (call, expected) => {
    const input = { n: 7, l: [1, 2, 2], j: '{"k":[1]}', o: { a: 1, b: 1 }, p: { a: 2, c: 3 } };
    expect(await give(call, input)).toEqual(expected);
  });

  it.each([
    "States.Hash('x', 'CRC')",
    'States.ArrayGetItem($.l, 9)',
    "States.Format('{}')",
    "States.MathAdd('a', 1)",
    'States.JsonMerge($.o, $.o, true)',
    "States.StringToJson('{')",
  ])('%s fails with States.IntrinsicFailure', async (call) => {
    expect(await give(call, { l: [1], o: {} })).toMatch(/^States\.IntrinsicFailure: /);
  });
});

describe('choices', () => {
  const choose = async (rule: object, input: unknown) => {
    const definition = {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Y' }], Default: 'N' },
        Y: { Type: 'Pass', Result: true, End: true },
        N: { Type: 'Pass', Result: false, End: true },
      },
    };
    return (await runOnce(definition, input)).output;
  };
  const at = '2020-01-01T00:00:00Z';
  it.each([
    [{ StringEquals: 'b' }, 'b', true],
    [{ StringLessThan: 'b' }, 'a', true],
    [{ StringGreaterThanEquals: 'b' }, 'b', true],
    [{ StringMatches: 'log-*.txt' }, 'log-1.txt', true],
    [{ StringMatches: 'log-*.txt' }, 'log-1.txt.gz', false],
    [{ StringMatches: 'a\\*b' }, 'a*b', true],
    [{ StringMatches: 'a\\*b' }, 'axb', false],
    [{ NumericEquals: 1 }, 1.0, true],
    [{ NumericGreaterThan: 1 }, '2', false],
    [{ NumericLessThanEquals: 1 }, 1, true],
    [{ BooleanEquals: true }, true, true],
    [{ TimestampEquals: at }, '2020-01-01T01:00:00+01:00', true],
    [{ TimestampLessThan: at }, '2019-12-31T23:59:59.999Z', true],
    [{ TimestampGreaterThan: at }, 'no time', false],
    [{ IsNull: true }, null, true],
    [{ IsNumeric: true }, 1.5, true],
    [{ IsString: false }, 1, true],
    [{ IsBoolean: true }, false, true],
    [{ IsTimestamp: true }, at, true],
    [{ IsTimestamp: true }, '2020-13-01T00:00:00Z', false],
    [{ IsPresent: true }, 0, true],
  ])('%j of %j is %j', async (comparison, v, expected) => {
    expect(await choose({ Variable: '$.v', ...comparison }, { v })).toBe(expected);
  });

  it('combine with And, Or and Not, and compare with paths', async () => {
    const more = { Variable: '$.v', NumericGreaterThanPath: '$.least' };
    const absent = { Variable: '$.w', IsPresent: false };
    expect(await choose({ And: [more, absent] }, { v: 2, least: 1 })).toBe(true);
    expect(await choose({ Or: [more, { Not: absent }] }, { v: 0, least: 1 })).toBe(false);
  });

  it('fail when nothing matches and there is no Default', async () => {
    const definition = {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ Variable: '$.v', NumericEquals: 1, Next: 'S' }] },
        S: { Type: 'Succeed' },
      },
    };
    expect(await runOnce(definition, { v: 2 })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

describe('waits', () => {
  const start = Date.UTC(2026, 0, 1);
  it.each([
    [{ Seconds: 90 }, {}, 90],
    [{ SecondsPath: '$.s' }, { s: 5 }, 5],
    [{ Timestamp: '2026-01-01T01:00:00Z' }, {}, 3600],
    [{ TimestampPath: '$.t' }, { t: '2026-01-01T00:00:30+00:00' }, 30],
    [{ Timestamp: '2020-01-01T00:00:00Z' }, {}, 0],
    [{ QueryLanguage: 'JSONata', Seconds: '{% $states.input.s * 2 %}' }, { s: 4 }, 8],
  ])('%j last as long as they say', async (fields, input, seconds) => {
    const { world, status } = await runOnce(
      { StartAt: 'W', States: { W: { Type: 'Wait', ...fields, End: true } } },
      input,
      { start },
    );
    expect({ status, seconds: (world.now - start) / 1000 }).toEqual({ status: 'SUCCEEDED', seconds });
  });
});

describe('data flow', () => {
  it('goes through every field of a Task in order', async () => {
    const services = {
      Lambda: { Invoke: ({ Payload }: { Payload: Uint8Array }) => ({ Payload: Buffer.from(Payload).toString() }) },
    };
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      InputPath: '$.in',
      Parameters: { FunctionName: 'f', Payload: { 'v.$': '$.v', fixed: 1 } },
      ResultSelector: { 'got.$': '$.Payload' },
      ResultPath: '$.out.deep',
      OutputPath: '$.out',
      End: true,
    };
    expect(
      (await runOnce({ StartAt: 'T', States: { T: state } }, { in: { v: 5 }, out: { kept: true } }, { services }))
        .output,
    ).toEqual({ kept: true, deep: { got: { v: 5, fixed: 1 } } });
  });

  it('discards with null', async () => {
    expect((await runOnce(pass({ Result: 1, ResultPath: null }), { a: 1 })).output).toEqual({ a: 1 });
    expect((await runOnce(pass({ InputPath: null }), { a: 1 })).output).toEqual({});
    expect((await runOnce(pass({ OutputPath: null }), { a: 1 })).output).toEqual({});
  });

  it('never changes what other states hold', async () => {
    const branch = (value: number) => ({
      StartAt: `B${value}`,
      States: { [`B${value}`]: { Type: 'Pass', Result: value, ResultPath: '$.shared.v', End: true } },
    });
    const { output } = await runOnce(
      { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch(1), branch(2)], End: true } } },
      { shared: { v: 0 } },
    );
    expect(output).toEqual([{ shared: { v: 1 } }, { shared: { v: 2 } }]);
  });

  it('keeps members named like those of Object.prototype', async () => {
    const input = JSON.parse('{"__proto__":{"x":1},"constructor":2}');
    const { output } = await runOnce(
      pass({ Parameters: { 'a.$': '$.constructor', 'b.$': "$['__proto__'].x" } }),
      input,
    );
    expect(output).toEqual({ a: 2, b: 1 });
    const made = await runOnce(pass({ Parameters: { '__proto__.$': '$.v' }, ResultPath: "$['__proto__']" }), { v: 1 });
    expect(JSON.stringify(made.output)).toBe('{"v":1,"__proto__":{"__proto__":1}}');
  });
});

describe('errors', () => {
  const failing = {
    StartAt: 'F',
    States: { F: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('because {}', $.why)" } },
  };
  const caught = (rule: object, states: object = {}) => ({
    StartAt: 'P',
    States: {
      P: { Type: 'Parallel', Branches: [failing], Catch: [{ Next: 'C', ...rule }], End: true },
      C: { Type: 'Pass', End: true },
      ...states,
    },
  });

  it('are caught by name, with the error at ResultPath', async () => {
    const { output } = await runOnce(caught({ ErrorEquals: ['Mine'], ResultPath: '$.error' }), { e: 'Mine', why: 'x' });
    expect(output).toEqual({ e: 'Mine', why: 'x', error: { Error: 'Mine', Cause: 'because x' } });
  });

  it('are caught by States.ALL and States.TaskFailed, not by another name', async () => {
    for (const [name, status] of [
      ['States.ALL', 'SUCCEEDED'],
      ['States.TaskFailed', 'SUCCEEDED'],
      ['Other', 'FAILED'],
    ]) {
      expect((await runOnce(caught({ ErrorEquals: [name] }), { e: 'Mine', why: 'x' })).status).toBe(status);
    }
  });

  it('of the runtime itself are not caught by States.ALL', async () => {
    expect(await runOnce(caught({ ErrorEquals: ['States.ALL'] }), { e: 'Mine' })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
    });
  });

  it('of one branch abort the others', async () => {
    const slow = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
    const quick = {
      StartAt: 'V',
      States: { V: { Type: 'Wait', Seconds: 1, Next: 'X' }, X: { Type: 'Fail', Error: 'E' } },
    };
    const { world, arn, error } = await runOnce({
      StartAt: 'P',
      States: { P: { Type: 'Parallel', Branches: [slow, quick], End: true } },
    });
    expect(error).toBe('E');
    expect(world.history(arn).map((event) => event.type)).toContain('WaitStateAborted');
  });
});

describe('variables', () => {
  it('are assigned at the end of a state from values at its start', async () => {
    const definition = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1, y: 10 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { 'x.$': '$y', 'y.$': '$x' }, Next: 'C' },
        C: { Type: 'Pass', Parameters: { 'x.$': '$x', 'y.$': '$y' }, End: true },
      },
    };
    expect((await runOnce(definition)).output).toEqual({ x: 10, y: 1 });
  });

  it('of an outer scope are seen within, those within are not seen outside', async () => {
    const inner = {
      StartAt: 'I',
      States: {
        I: { Type: 'Pass', Assign: { own: 2 }, Next: 'J' },
        J: { Type: 'Pass', Parameters: { 'sum.$': 'States.MathAdd($outer, $own)' }, End: true },
      },
    };
    const definition = (after: object) => ({
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [inner], Next: 'Z' },
        Z: { Type: 'Pass', ...after, End: true },
      },
    });
    expect((await runOnce(definition({}))).output).toEqual([{ sum: 3 }]);
    expect((await runOnce(definition({ Parameters: { 'v.$': '$own' } }))).status).toBe('FAILED');
  });
});

describe('JSONata states', () => {
  const state = (fields: object) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'P',
    States: { P: { Type: 'Pass', ...fields, End: true } },
  });
  it.each([
    ['{% $partition([1..5], 2) %}', [[1, 2], [3, 4], [5]]],
    ['{% $range(0, 10, 5) %}', [0, 5, 10]],
    ["{% $hash('x', 'MD5') %}", '9dd4e461268c8034f5c8564e155c67a6'],
    ["{% $parse('[1]') %}", [1]],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $match($uuid(), /^[0-9a-f-]{36}$/)[0] != null %}', true],
    ['{% $states.context.State.Name %}', 'P'],
    ['{% $now() %}', '2026-01-01T00:00:00.000Z'],
    [
      { 'a.$': '$.x', b: ['{% 1 + 1 %}', ' {% 1 %} '] },
      { 'a.$': '$.x', b: [2, ' {% 1 %} '] },
    ],
  ])('%j', async (Output, expected) => {
    const { output, cause } = await runOnce(state({ Output }));
    expect(cause).toBeUndefined();
    expect(output).toEqual(expected);
  });

  it('fail where an expression gives nothing, and name the place', async () => {
    const { world, arn, error, cause } = await runOnce(state({ Output: { deep: ['{% $nothing %}'] } }));
    expect({ error, cause }).toEqual({
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$nothing' specified for the field 'Output/deep[0]' returned nothing (undefined).",
    });
    expect(world.history(arn)[2]).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { location: 'Output/deep[0]', state: 'P' },
    });
  });

  it('see the result of a Task and the error in a Catch', async () => {
    let fail = false;
    const services = {
      Lambda: {
        Invoke: () => (fail ? { FunctionError: 'Unhandled', Payload: '{"errorType":"E"}' } : { Payload: '{"n":2}' }),
      },
    };
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'T',
      States: {
        T: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: 'f' },
          Output: '{% $states.result.Payload.n + $states.input.n %}',
          Catch: [{ ErrorEquals: ['E'], Output: '{% $states.errorOutput.Error & $states.input.n %}', Next: 'C' }],
          End: true,
        },
        C: { Type: 'Succeed' },
      },
    };
    expect((await runOnce(definition, { n: 1 }, { services })).output).toBe(3);
    fail = true;
    expect((await runOnce(definition, { n: 1 }, { services })).output).toBe('E1');
  });
});
