// Random definitions: valid ones for the engine, and what makes them invalid.

import fc from 'fast-check';
import type { Json, JsonObject } from '../../../local/states/json.ts';

export const json = (): fc.Arbitrary<Json> =>
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value ?? null)) as Json);

const path = fc.constantFrom(
  '$',
  '$.a',
  '$.a.b',
  '$.list',
  '$.list[0]',
  '$.list[*]',
  '$..b',
  '$$.State.Name',
  '$$.Execution.Input',
  "$['a']",
  '$.list[?(@ > 1)]',
  '$.no.such',
);
const reference = fc.constantFrom('$', '$.r', '$.a.r', '$.list', null);
const intrinsic = fc.constantFrom(
  'States.MathAdd($.n, 1)',
  "States.Format('{}-{}', $.a, 'x')",
  'States.ArrayLength($.list)',
  'States.UUID()',
  'States.StringToJson($.s)',
  'States.JsonToString($)',
  'States.MathRandom(1, 10)',
  "States.Hash('a', 'SHA-1')",
);
const jsonata = fc.constantFrom(
  '{% $states.input %}',
  '{% $sum($states.input.list) %}',
  '{% $states.context.State.Name %}',
  '{% $map([1..3], function($v) { $v * 2 }) %}',
  '{% $states.input.no.such %}',
  "{% 'text' %}",
  '{% $error("stop") %}',
  '{% 1/0 %}',
  '{% $uuid() %}',
);
const template = fc
  .dictionary(fc.constantFrom('p.$', 'q.$', 'r', 's'), fc.oneof(path, intrinsic))
  .map((members) => members as JsonObject);

interface Draft {
  readonly state: JsonObject;
  /** Whether the state's Next is set by the chain it stands in. */
  readonly flows: boolean;
}

const some = (members: Record<string, fc.Arbitrary<unknown>>) => fc.record(members, { requiredKeys: [] });

const flow = some({ InputPath: path, OutputPath: path, ResultPath: reference });

const pass = fc
  .record({ fields: flow, more: some({ Result: json(), Parameters: template }) })
  .map(({ fields, more }): Draft => ({ state: { Type: 'Pass', ...fields, ...more } as JsonObject, flows: true }));
const passJsonata = some({
  Output: fc.oneof(jsonata, fc.record({ x: jsonata })),
  Assign: fc.record({ v: jsonata }),
}).map(
  (fields): Draft => ({ state: { Type: 'Pass', QueryLanguage: 'JSONata', ...fields } as JsonObject, flows: true }),
);
const wait = fc
  .oneof(
    fc.record({ Seconds: fc.integer({ min: 0, max: 100_000 }) }),
    fc.record({ SecondsPath: fc.constantFrom('$.n', '$.s', '$.no') }),
    fc.record({ Timestamp: fc.constantFrom('2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z') }),
  )
  .map((fields): Draft => ({ state: { Type: 'Wait', ...fields } as JsonObject, flows: true }));
const task = fc
  .record({
    resource: fc.constantFrom(
      'arn:aws:lambda:us-east-1:111111111111:function:f',
      'arn:aws:states:::lambda:invoke',
      'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      'arn:aws:states:::sns:publish',
    ),
    fields: flow,
    retry: fc.option(
      fc.record({
        ErrorEquals: fc.constantFrom(['States.ALL'], ['Boom'], ['States.TaskFailed']),
        MaxAttempts: fc.integer({ min: 0, max: 3 }),
        BackoffRate: fc.constantFrom(1, 1.5, 2),
        JitterStrategy: fc.constantFrom('FULL', 'NONE'),
        MaxDelaySeconds: fc.integer({ min: 1, max: 60 }),
      }),
      { nil: undefined },
    ),
    timeout: fc.integer({ min: 1, max: 1000 }),
  })
  .map(
    ({ resource, fields, retry, timeout }): Draft => ({
      state: {
        Type: 'Task',
        Resource: resource,
        TimeoutSeconds: timeout,
        Parameters: { FunctionName: 'f', QueueUrl: 'q', MessageBody: 'm', 'Payload.$': '$' },
        ...fields,
        ...(retry ? { Retry: [retry] } : {}),
      } as unknown as JsonObject,
      flows: true,
    }),
  );
const ends = fc.oneof(
  fc.constant<JsonObject>({ Type: 'Succeed' }),
  fc.record({ Type: fc.constant('Fail'), Error: fc.string(), Cause: fc.string() }) as fc.Arbitrary<JsonObject>,
);

interface Depth {
  readonly depth: number;
}

const draft = ({ depth }: Depth): fc.Arbitrary<Draft> => {
  const leaf = [pass, passJsonata, wait, task];
  if (depth === 0) return fc.oneof(...leaf);
  const inner = machine({ depth: depth - 1 });
  return fc.oneof(
    ...leaf,
    fc
      .array(inner, { minLength: 1, maxLength: 3 })
      .map((Branches): Draft => ({ state: { Type: 'Parallel', Branches: Branches as Json }, flows: true })),
    fc
      .record({
        inner,
        items: fc.constantFrom('$', '$.list'),
        max: fc.integer({ min: 0, max: 3 }),
        distributed: fc.boolean(),
      })
      .map(
        ({ inner: processor, items, max, distributed }): Draft => ({
          state: {
            Type: 'Map',
            ItemsPath: items,
            MaxConcurrency: max,
            ItemProcessor: {
              ...processor,
              ...(distributed ? { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } } : {}),
            },
          } as JsonObject,
          flows: true,
        }),
      ),
  );
};

let serial = 0;

/** A machine whose states stand in a row; Choice states jump forward only, so every run ends. */
export function machine(size: Depth = { depth: 2 }): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      drafts: fc.array(draft(size), { minLength: 1, maxLength: 4 }),
      last: ends,
      jumps: fc.array(fc.nat(3), { maxLength: 2 }),
      caught: fc.boolean(),
    })
    .map(({ drafts, last, jumps, caught }) => {
      const names = [...drafts, last].map(() => `S${serial++}`);
      const States: JsonObject = {};
      const end = names.at(-1) as string;
      for (const [i, { state }] of drafts.entries()) {
        const next = names[i + 1] as string;
        const catches = caught && ['Task', 'Map', 'Parallel'].includes(String(state.Type));
        States[names[i] as string] = {
          ...state,
          Next: next,
          ...(catches ? { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: end }] } : {}),
        };
      }
      States[end] = last;
      const choice = `C${serial++}`;
      const targets = jumps.map((jump) => names[jump % names.length] as string);
      States[choice] = {
        Type: 'Choice',
        Choices: targets.map((Next) => ({ Variable: '$.n', NumericGreaterThan: 3, Next })) as Json,
        Default: names[0] as string,
      };
      if (targets.length === 0) delete States[choice];
      // Targets jumped over are reached by the row itself.
      return { StartAt: targets.length === 0 ? (names[0] as string) : choice, States };
    });
}
