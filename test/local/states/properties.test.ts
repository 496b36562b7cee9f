// Properties of the interpreter over random definitions, values and calls.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { AwsError } from '../../../local/service.ts';
import type { Json } from '../../../local/states/json.ts';
import { compileJsonata } from '../../../local/states/jsonata/evaluate.ts';
import { json, machine } from './arbitrary-machine.ts';
import { runOnce, TestWorld } from './test-world.ts';

const services = {
  Lambda: {
    Invoke: ({ Payload }: { Payload: Uint8Array }) => {
      const text = Buffer.from(Payload).toString('utf8');
      return text.length % 3 === 0
        ? { FunctionError: 'Unhandled', Payload: '{"errorType":"Boom"}' }
        : { StatusCode: 200, Payload: text };
    },
  },
  SQS: { SendMessage: () => ({ MessageId: '1' }) },
  SNS: {
    Publish: () => {
      throw new AwsError('NotFoundException', 'Topic does not exist', 404);
    },
  },
  EventBridge: { PutEvents: () => ({ FailedEntryCount: 0 }) },
};

const INPUT = { a: { b: 1 }, list: [1, 2, 3], n: 2, s: '{"x":1}' };

describe('random machines', () => {
  it('are accepted, never break the engine, and always end', async () => {
    await fc.assert(
      fc.asyncProperty(machine(), async (definition) => {
        const world = new TestWorld({ services });
        const arn = world.start(world.create(definition), INPUT);
        await world.run();
        const { status } = world.describe(arn);
        expect(['SUCCEEDED', 'FAILED']).toContain(status);
        const history = world.history(arn);
        expect(history.map((event) => event.id)).toEqual(history.map((_, i) => i + 1));
        expect(history.at(-1)?.type).toBe(status === 'SUCCEEDED' ? 'ExecutionSucceeded' : 'ExecutionFailed');
        expect(world.db.prepare("SELECT count(*) AS n FROM sfn_execution WHERE status = 'RUNNING'").get()?.n).toBe(0);
        world.close();
      }),
      { numRuns: 300 },
    );
  });

  it('run the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(machine(), async (definition) => {
        const once = async () => {
          const { world, arn } = await runOnce(definition, INPUT, { services });
          return JSON.stringify(world.history(arn));
        };
        expect(await once()).toBe(await once());
      }),
      { numRuns: 50 },
    );
  });
});

/** InputPath, ResultPath and OutputPath as the States Language says them, for plain members. */
function reference(
  input: Json,
  fields: { InputPath?: string | null; ResultPath?: string | null; OutputPath?: string | null },
  result: Json,
): Json | undefined {
  const read = (value: Json, text: string | null | undefined): Json | undefined => {
    if (text === undefined || text === '$') return value;
    if (text === null) return {};
    const key = text.slice(2);
    return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, key)
      ? value[key]
      : undefined;
  };
  if (read(input, fields.InputPath) === undefined) return undefined;
  let merged: Json = result;
  if (fields.ResultPath === null) merged = input;
  else if (fields.ResultPath !== undefined && fields.ResultPath !== '$') {
    if (input === null || typeof input !== 'object' || Array.isArray(input)) return undefined;
    merged = { ...input, [fields.ResultPath.slice(2)]: result };
  }
  return read(merged, fields.OutputPath);
}

describe('the data flow', () => {
  it('goes from InputPath to Output as the reference says', async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const path = fc.oneof(
      fc.constant('$'),
      key.map((k) => `$.${k}`),
      fc.constant(null),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.dictionary(key, json()), json()),
        fc.record({ InputPath: path, ResultPath: path, OutputPath: path }, { requiredKeys: [] }),
        json(),
        async (input, fields, result) => {
          const { status, output } = await runOnce(
            { StartAt: 'P', States: { P: { Type: 'Pass', Result: result, ...fields, End: true } } },
            input,
          );
          const expected = reference(input as Json, fields, result);
          expect(status).toBe(expected === undefined ? 'FAILED' : 'SUCCEEDED');
          if (expected !== undefined) expect(output).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('JSONata', () => {
  const expressions = [
    '$sum(list)',
    'list[$ > 1]',
    '$map(list, function($v, $i) { $v * $i })',
    '$filter(list, function($v) { $v > 1 })',
    '$reduce(list, function($a, $b) { $a + $b })',
    '$keys($)',
    '$string($)',
    '$merge([{"a": 1}, $])',
    'a.b.c',
    '**.b',
    'list^(>$)',
    '$sort(list, function($l, $r) { $l < $r })',
    '$join($map(list, $string), "-")',
    '$replace(s, /[a-z]+/, "x")',
    '$match(s, /(\\w)(\\w)/)',
    '$split(s, /,\\s*/)',
    '$contains(s, /b/i)',
    '($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(5))',
    '$each($, function($v, $k) { $k })',
    '$distinct(list)',
    '$zip(list, list)',
    '{"x": list, "y": $count(list)}',
    'list#$i[$i < 2]',
    '$toMillis("2020-01-01T00:00:00Z")',
    '$fromMillis(0)',
    '$formatNumber(12.5, "0.00")',
    '$type(a)',
    '$lookup($, "a")',
    '$spread($)',
    '$pad(s, 10, "*")',
    'a ~> |$|{"z": 1}|',
    '$number("12")',
    '[1..5]',
    '$sift($, function($v) { $type($v) = "array" })',
    '$single(list, function($v) { $v = 1 })',
    'list ~> $sum() ~> $string()',
    '$error("no")',
    '1 + "a"',
    '$not(list)',
    'a ?: 7',
    'a.b ?? 8',
  ];

  it('agrees with the jsonata package', async () => {
    const inputs = fc.oneof(
      fc.record({ a: json(), list: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }), s: fc.string() }),
      json(),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...expressions), inputs, async (text, input) => {
        const settle = async (run: () => unknown) => {
          try {
            const value = await run();
            return { value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)) };
          } catch (cause) {
            return { code: (cause as { code?: string }).code };
          }
        };
        const theirs = await settle(() => jsonata(text).evaluate(structuredClone(input)));
        const ours = await settle(() => compileJsonata(text).evaluate(structuredClone(input)));
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['a loop', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['a recursion', '($f := function($n) { 1 + $f($n + 1) }; $f(0))'],
    ['a long range', '$sum([1..9999999])'],
    ['a growing sequence', '$map([1..100000], function($v) { [1..1000] })'],
    ['a catastrophic regex', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)'],
    ['a regex RE2 has not', '$match("aa", /(a)\\1/)'],
    ['eval', '$eval("1")'],
  ])('stops %s', async (_, expression) => {
    const { status, error } = await runOnce({
      QueryLanguage: 'JSONata',
      StartAt: 'P',
      States: { P: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('bad input', () => {
  const operations = Object.keys(new TestWorld().states.operations);
  const anything = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'arn:aws:states:us-east-1:111111111111:stateMachine:m',
      'arn:aws:states:us-east-1:111111111111:execution:m:e',
      '',
      '{}',
      '{"States":{}}',
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    json(),
  );
  const members = [
    'name',
    'definition',
    'roleArn',
    'stateMachineArn',
    'executionArn',
    'input',
    'taskToken',
    'output',
    'activityArn',
    'maxResults',
    'nextToken',
    'type',
    'mapRunArn',
    'resourceArn',
    'tags',
    'tagKeys',
    'routingConfiguration',
    'loggingConfiguration',
    'stateName',
    'mock',
    'context',
    'variables',
    'publish',
    'stateMachineAliasArn',
    'stateMachineVersionArn',
  ];

  it('to any operation is an AWS error or an answer, never an exception of ours', async () => {
    const world = new TestWorld();
    world.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }, { name: 'm' });
    world.start('arn:aws:states:us-east-1:111111111111:stateMachine:m', {}, 'e');
    await world.run();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.dictionary(fc.constantFrom(...members), anything),
        async (operation, input) => {
          try {
            const answer = world.call(operation, input) as unknown;
            if (answer instanceof Promise) answer.catch(() => {});
          } catch (cause) {
            expect(cause).toBeInstanceOf(AwsError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('as a definition is InvalidDefinition or runs, never an exception of ours', async () => {
    const world = new TestWorld({ services });
    let accepted = 0;
    const words = fc.constantFrom(
      'Type',
      'Pass',
      'Task',
      'Map',
      'Parallel',
      'Choice',
      'Wait',
      'Fail',
      'Succeed',
      'Next',
      'End',
      'Choices',
      'Branches',
      'ItemProcessor',
      'Retry',
      'Catch',
      'Resource',
      'Parameters',
      'x.$',
      '$.a',
      '$[',
      'States.Format(',
      '{% 1 + %}',
      'JSONata',
      'QueryLanguage',
      'Assign',
      'Output',
      'Seconds',
      'Variable',
      'A',
      '__proto__',
      'constructor',
    );
    const value: fc.Memo<unknown> = fc.memo(
      (n): fc.Arbitrary<unknown> =>
        n <= 1
          ? fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null))
          : fc.oneof(
              words,
              fc.boolean(),
              fc.array(value(n - 1), { maxLength: 3 }),
              fc.dictionary(words, value(n - 1), { maxKeys: 5 }),
            ),
    );
    const definition = fc.oneof(
      fc.record({
        StartAt: fc.constant('A'),
        States: fc.record({
          A: fc
            .dictionary(words, value(3), { maxKeys: 8 })
            .chain((state) =>
              fc
                .constantFrom('Pass', 'Task', 'Map', 'Parallel', 'Choice', 'Wait', 'Fail', 'Succeed')
                .map((Type) => ({ ...state, Type })),
            ),
        }),
      }),
      value(4),
    );
    await fc.assert(
      fc.asyncProperty(definition, async (given) => {
        try {
          const { stateMachineArn } = world.call('CreateStateMachine', {
            name: `n${world.turns}`,
            definition: JSON.stringify(given),
            roleArn: 'r',
          });
          accepted++;
          const arn = world.start(String(stateMachineArn), INPUT);
          await world.run(() => world.ended(arn), world.now + 1e12);
        } catch (cause) {
          expect(cause).toBeInstanceOf(AwsError);
          expect((cause as AwsError).name).toBe('InvalidDefinition');
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('in one place of a valid definition is refused, or runs to its end', async () => {
    let accepted = 0;
    const words = fc.constantFrom<Json>(
      '',
      '$',
      '$$',
      '$.a',
      'States.UUID()',
      '{% 1 %}',
      'A',
      'JSONata',
      'DISTRIBUTED',
      null,
      -1,
      0,
      1.5,
      1e12,
      true,
      [],
      {},
    );
    await fc.assert(
      fc.asyncProperty(machine(), fc.nat(1000), fc.oneof(words, json()), async (definition, place, value) => {
        const world = new TestWorld({ services });
        replaceAt(definition, place, value);
        let arn: string;
        try {
          arn = world.start(world.create(definition), INPUT);
        } catch (cause) {
          expect((cause as AwsError).name).toBe('InvalidDefinition');
          return;
        }
        accepted++;
        await world.run(() => false, world.now + 1e14);
        expect(['SUCCEEDED', 'FAILED', 'TIMED_OUT']).toContain(world.describe(arn).status);
        world.close();
      }),
      { numRuns: 1500 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});

/** Puts a value in the place of the n-th member or item of a definition, counted round and round. */
function replaceAt(definition: Json, n: number, value: Json): void {
  const places: { holder: Record<string, Json>; key: string }[] = [];
  const walk = (node: Json) => {
    if (node === null || typeof node !== 'object') return;
    for (const key of Object.keys(node)) {
      const holder = node as Record<string, Json>;
      places.push({ holder, key });
      walk(holder[key] as Json);
    }
  };
  walk(definition);
  const { holder, key } = places[n % places.length] as { holder: Record<string, Json>; key: string };
  holder[key] = value;
}
