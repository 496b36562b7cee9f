// Acceptance criteria 2 and 3, on the synthesized template and the real handlers: a killed worker's task resumes elsewhere
// from what it had saved; three silent beats give phase.stalled, then task.retry with a smaller batch.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CallDescription, Fault, Faults } from '../../local/faults.ts';
import { type Aftermath, runUnder } from '../chaos/run-with-faults.ts';
import { type Made, make } from './made.ts';

/** The first of several shards of a list: it has more than one item. */
const SHARDED = /^TASK#.*\.0001$/;

let made: Made;
let undisturbed: Omit<Aftermath, 'faults'>;
beforeAll(async () => {
  made = make('test/acceptance/shared-out.yaml');
  undisturbed = await runUnder(made.assembly, made.idea, { draw: () => undefined });
}, 240_000);
afterAll(() => made.remove());

interface WrittenRow {
  readonly Update?: { readonly Key: { readonly sk: { readonly S: string } }; readonly UpdateExpression: string };
}

/** The update a transaction of a worker makes of a step's row. */
function stepUpdate(call: CallDescription): WrittenRow['Update'] {
  if (call.environment === undefined || call.operation !== 'TransactWriteItems') return undefined;
  const { TransactItems } = call.input as { readonly TransactItems: readonly WrittenRow[] };
  return TransactItems.find(({ Update }) => Update?.Key.sk.S.startsWith('STEP#'))?.Update;
}

/** Kills the environment of the first call that `strikes`; keeps who touched a step, in order. */
function killOnce(strikes: (step: NonNullable<WrittenRow['Update']>) => boolean, when: 'before' | 'after') {
  const touched: { environment: string; step: string; finished: boolean }[] = [];
  let killed: { environment: string; step: string } | undefined;
  const faults: Faults = {
    draw(call): Fault | undefined {
      const step = stepUpdate(call);
      if (step === undefined) return undefined;
      const name = step.Key.sk.S;
      const environment = call.environment ?? '';
      touched.push({ environment, step: name, finished: step.UpdateExpression.includes('payload') });
      if (killed !== undefined || !strikes(step)) return undefined;
      killed = { environment, step: name };
      return { kind: 'kill', when };
    },
  };
  return { faults, touched, killed: () => killed };
}

it('criterion 2: a killed worker’s task resumes elsewhere from its saved checkpoint', async () => {
  const finishes = ({ UpdateExpression }: { UpdateExpression: string }) => UpdateExpression.includes('payload');
  const { faults, touched, killed } = killOnce(finishes, 'after');
  const run = await runUnder(made.assembly, made.idea, faults);
  const dead = killed();
  expect(dead).toBeDefined();
  // The step it had finished was not begun again, by anybody.
  expect(touched.filter(({ step, finished }) => step === dead?.step && !finished)).toHaveLength(1);
  const task = dead?.step.split('#').slice(1, 6).join('#') ?? '';
  const others = touched.filter(({ step, environment }) => step.includes(task) && environment !== dead?.environment);
  const row = run.tasks.find(({ agent, phase }) => task.startsWith(phase) && task.endsWith(agent));
  expect(row).toMatchObject({ status: 'committed', try: 2, failures: [{ code: 'IdeaMine.Stalled' }] });
  expect(others.length).toBeGreaterThan(0);
  expect(run.run?.status).toBe(undisturbed.run?.status);
  expect(run.artifacts).toBe(undisturbed.artifacts);
}, 120_000);

/** Kills the environment that was first to claim a shard, as soon as it has it. */
function killFirstHolder() {
  let killed: string | undefined;
  const faults: Faults = {
    draw(call): Fault | undefined {
      if (killed !== undefined || call.environment === undefined || call.operation !== 'UpdateItem') return undefined;
      const { Key, UpdateExpression } = call.input as NonNullable<WrittenRow['Update']>;
      if (!SHARDED.test(Key.sk.S) || !UpdateExpression.includes('epoch = :next')) return undefined;
      killed = Key.sk.S;
      return { kind: 'kill', when: 'after' };
    },
  };
  return { faults, killed: () => killed };
}

it('criterion 3: three silent beats give phase.stalled, then task.retry with a smaller batch', async () => {
  const { faults, killed } = killFirstHolder();
  const run = await runUnder(made.assembly, made.idea, faults);
  expect(killed()).toBeDefined();
  const told = run.events.filter(({ type }) => type === 'phase.stalled' || type === 'task.retry');
  expect(told.map(({ type }) => type)).toEqual(['phase.stalled', 'task.retry']);
  expect(Number(told[0]?.detail.silentSeconds)).toBeGreaterThanOrEqual(180);
  expect(Number(told[0]?.detail.silentSeconds)).toBeLessThan(180 + 120);
  expect(told[1]?.detail).toMatchObject({ how: 'smaller-batch', after: 'IdeaMine.Stalled' });
  const task = run.tasks.find(({ batchSize }) => batchSize !== undefined);
  const whole = (task?.shard?.end ?? 0) - (task?.shard?.start ?? 0);
  expect(task?.batchSize).toBeLessThan(whole);
  expect(task?.status).toBe('committed');
  expect(run.artifacts).toBe(undisturbed.artifacts);
}, 120_000);
