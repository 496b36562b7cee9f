// `npm run mutate:guards -- [--of store|template|handlers] [--seeds N] [--only TEXT] [--json]`: takes each guard out and has the compiler's proofs
// and the simulator look. Exit code 1 when one is missed by nobody. With --tests what they do not miss is shown to the tests.

import { parseArgs } from 'node:util';
import { UsageError } from '../../cli/exit.ts';
import { homeAt } from '../../cli/home.ts';
import { WORKERS_AT_ONCE } from '../../statemachines/bounds.ts';
import { fieldBytes } from '../../statemachines/proofs/field-bytes.ts';
import { violationsOf } from '../../statemachines/proofs/prove.ts';
import { drawScenario } from '../draw/scenario.ts';
import { runScenario } from '../run-scenario.ts';
import type { Scenario } from '../scenario.ts';
import { definitionsFor, type Redefine, targetsOf } from '../stage/assembly.ts';
import { openStage, type SimulatedStage } from '../stage/open-stage.ts';
import { handlerGuards, type SourceGuard, storeGuards } from './source-guards.ts';
import { templateGuards } from './template-guards.ts';
import { missedByTests } from './tests.ts';

interface Verdict {
  readonly guard: string;
  /** Who objected: a proof, an invariant or a test; null when nobody did. */
  readonly by: string | null;
  readonly seed?: number;
}

const { values } = parseArgs({
  options: {
    of: { type: 'string' },
    seeds: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
    tests: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const KINDS = ['store', 'template', 'handlers'];
if (values.of !== undefined && !KINDS.includes(values.of)) {
  process.stderr.write(`mutate: --of: found '${values.of}', expected ${KINDS.join(', ')}\n`);
  process.exit(2);
}
const seeds = Number(values.seeds);
const wanted = (kind: string, id: string) => (values.of ?? kind) === kind && id.includes(values.only);

/** Faults that a Retry of the machines is there for. */
const RETRIED = ['lambda-refused', 'handler-killed-after-call', 'nested-start-throttled', 'sqs-lost-reply'];

/**
 * The first of the seeds in which something that must hold does not: with many faults, and beside its undisturbed twin. A Retry is
 * looked at under the faults that it is there for, early enough to strike.
 */
async function objection(stage: SimulatedStage, redefine?: Redefine, retry = false): Promise<Objection | undefined> {
  const options = redefine === undefined ? {} : { redefine };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const drawn = drawScenario(seed, { builtIn: stage.builtIn, only: 'generated', faults: 12 });
    const rough = !retry && seed % 2 === 0;
    const behaviour = { ...drawn.behaviour, wrong: rough ? 0.05 : 0, failing: rough ? 0.2 : 0, stalling: 0 };
    const faults = retry
      ? RETRIED.flatMap((kind) => EVERY_OTHER.map((n) => ({ kind, nth: n + (seed % 2) })))
      : drawn.faults;
    const scenario: Scenario = { ...drawn, gates: retry ? 'advise' : drawn.gates, behaviour, faults };
    const calm = rough ? undefined : await runScenario(stage, { ...scenario, faults: [] });
    const twin = calm === undefined ? {} : { undisturbed: calm.artifacts };
    const outcome = await runScenario(stage, scenario, { ...options, ...twin });
    const { violations } = outcome;
    if (retry && calm !== undefined && (outcome.status !== calm.status || outcome.setAside > calm.setAside))
      return { by: 'ends as undisturbed', seed };
    const [first] = violations;
    if (first !== undefined) return { by: first.invariant, seed };
  }
  return undefined;
}

/** What was struck once is let through when it is tried again. */
const EVERY_OTHER = Array.from({ length: 40 }, (_, n) => 2 * n + 1);

interface Objection {
  readonly by: string;
  readonly seed: number;
}

async function judgeTemplate(stage: SimulatedStage, say: (verdict: Verdict) => void): Promise<void> {
  const definitions = definitionsFor(stage.base, stage.builtIn);
  const proven = {
    phases: stage.builtIn.pipeline.phases,
    workersAtOnce: WORKERS_AT_ONCE,
    fieldBytes,
    machineArns: targetsOf(stage.base).machines,
  };
  for (const guard of templateGuards(definitions)) {
    if (!wanted('template', guard.id)) continue;
    const mutant = { ...definitions, [guard.machine]: guard.without(definitions[guard.machine]) };
    const [proof] = violationsOf({ definitions: mutant, ...proven });
    if (proof !== undefined) {
      say({ guard: guard.id, by: `proof ${/\[(.*)\]$/.exec(proof)?.[1]}` });
      continue;
    }
    const redefine: Redefine = (machine, definition) =>
      machine === guard.machine ? guard.without(definition) : definition;
    const found = await objection(stage, redefine, guard.id.endsWith('Retry'));
    say({ guard: guard.id, ...(found ?? { by: null }) });
  }
}

async function judgeSource(guard: SourceGuard, say: (verdict: Verdict) => void): Promise<void> {
  let stage: SimulatedStage;
  try {
    stage = await openStage(homeAt('.ideamine').dir, (file) => (file === guard.file ? guard.without : undefined));
  } catch (error) {
    // Taken out, nothing is left that could run.
    say({ guard: guard.id, by: `the bundler: ${(error as Error).message.split('\n')[0]}` });
    return;
  }
  try {
    const found = await objection(stage);
    const by = found === undefined && values.tests ? await missedByTests(guard) : null;
    say({ guard: guard.id, ...(found ?? { by }) });
  } finally {
    stage.close();
  }
}

async function main(): Promise<void> {
  const verdicts: Verdict[] = [];
  const say = (verdict: Verdict) => {
    verdicts.push(verdict);
    const by = verdict.by === null ? 'MISSED BY NOBODY' : `missed by ${verdict.by}`;
    process.stderr.write(`${verdict.guard}: ${by}${verdict.seed === undefined ? '' : ` (seed ${verdict.seed})`}\n`);
  };
  const stage = await openStage();
  const untouched = await objection(stage);
  if (untouched !== undefined)
    throw new UsageError(`with every guard in place seed ${untouched.seed} violates ${untouched.by}`);
  await judgeTemplate(stage, say);
  stage.close();
  for (const guard of storeGuards().filter(({ id }) => wanted('store', id))) await judgeSource(guard, say);
  for (const guard of handlerGuards().filter(({ id }) => wanted('handlers', id))) await judgeSource(guard, say);
  const killed = verdicts.filter(({ by }) => by !== null).length;
  const share = ((100 * killed) / Math.max(1, verdicts.length)).toFixed(1);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ guards: verdicts.length, killed, verdicts })}\n`
      : `${killed} of ${verdicts.length} guards are missed when they are taken out (${share} %)\n`,
  );
  if (killed < verdicts.length) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`mutate: ${error.message}\n`);
  process.exitCode = 2;
}
