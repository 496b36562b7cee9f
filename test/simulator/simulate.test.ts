// Seeds on the synthesized template and the handlers: repeatable, sound, every kind of fault seen to strike, a violation shrunk.

import { describe, expect, test } from '@jest/globals';
import { drawScenario } from '../../simulator/draw/scenario.ts';
import { faultKinds } from '../../simulator/faults/catalogue.ts';
import { runScenario } from '../../simulator/run-scenario.ts';
import { simulate } from '../../simulator/simulate.ts';
import { definitionsFor } from '../../simulator/stage/assembly.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test('the compiler makes of the built-in pipeline what its template holds', () => {
  const { base, builtIn } = stage();
  const made = definitionsFor(base, builtIn);
  const machines = [...base.resources.values()].filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  expect(machines).toHaveLength(Object.keys(made).length);
  for (const { ref, properties } of machines) {
    const name = ref.split('-').at(-1) as keyof typeof made;
    expect(JSON.parse(String(properties.DefinitionString))).toEqual(JSON.parse(JSON.stringify(made[name])));
  }
});

test('one seed leaves the same bytes in every table, another does not', async () => {
  const scenario = drawScenario(5, { builtIn: stage().builtIn, only: 'generated' });
  const first = await runScenario(stage(), scenario, { digest: true });
  const again = await runScenario(stage(), scenario, { digest: true });
  const other = await runScenario(stage(), { ...scenario, seed: 6 }, { digest: true });
  expect(first.digest).toBe(again.digest);
  expect(first.digest).not.toBe(other.digest);
}, 120_000);

test('a draw of seeds holds every invariant', async () => {
  const summary = await simulate(stage(), { from: 1, seeds: 10 });
  expect(summary.findings).toEqual([]);
  expect(summary.seeds).toBe(10);
}, 300_000);

test('there are at least twenty-five kinds of fault', () => {
  expect(faultKinds.size).toBeGreaterThanOrEqual(25);
});

/** Strikes only where a task outlives its invocation. */
const HOURS: Readonly<Record<string, number>> = { 'sqs-continuation-lost-reply': 10 };

describe.each([...faultKinds.keys()])('the fault %s', (fault) => {
  test('strikes, and nothing is lost', async () => {
    let fired = 0;
    for (let seed = 1; fired === 0 && seed < 40; seed += 1) {
      const scenario = drawScenario(seed, { builtIn: stage().builtIn, only: 'generated', fault, hours: HOURS[fault] });
      const early = scenario.faults.map((spec) => ({ ...spec, nth: Math.min(spec.nth, 1 + (spec.nth % 5)) }));
      const outcome = await runScenario(stage(), { ...scenario, faults: early });
      expect(outcome.violations).toEqual([]);
      fired = outcome.fired.get(fault) ?? 0;
    }
    expect(fired).toBeGreaterThan(0);
  }, 300_000);
});

test('a violation is shrunk to the faults that it takes', async () => {
  const unlucky = { id: 'no-duplicate', says: 'for this test: no message is sent twice', atEnd: () => [] as string[] };
  const builtIn = stage().builtIn;
  const scenario = drawScenario(3, { builtIn, only: 'generated' });
  const faults = ['sqs-duplicate:1', 'dynamodb-throttled:9', 's3-lost-read:3', 'cold-start:2'].map((text) => {
    const [kind = '', nth] = text.split(':');
    return { kind, nth: Number(nth) };
  });
  const { shrink } = await import('../../simulator/shrink.ts');
  const smaller = await shrink({ ...scenario, faults }, async (one) => {
    const { fired } = await runScenario(stage(), one, { invariants: [unlucky] });
    return fired.has('sqs-duplicate');
  });
  expect(smaller.faults).toEqual([{ kind: 'sqs-duplicate', nth: 1 }]);
}, 120_000);
