// Many seeds, one after the other, and what they came to.

import { type DrawOptions, drawScenario } from './draw/scenario.ts';
import { type Outcome, type RunOptions, runScenario } from './run-scenario.ts';
import type { FaultSpec, Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import type { SimulatedStage } from './stage/open-stage.ts';

export interface Campaign extends Omit<DrawOptions, 'builtIn' | 'faults'> {
  readonly from: number;
  readonly seeds: number;
  /** In the place of the drawn ones. */
  readonly faults?: readonly FaultSpec[];
  /** Seconds after which no further seed is begun. */
  readonly seconds?: number;
}

export interface Finding {
  readonly seed: number;
  readonly invariant: string;
  readonly what: string;
  /** The shortest schedule of faults that still violates. */
  readonly faults: readonly FaultSpec[];
}

export interface Summary {
  readonly seeds: number;
  readonly tasks: number;
  readonly calls: number;
  readonly changes: number;
  readonly virtualHours: number;
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly fired: Readonly<Record<string, number>>;
  /** Scenarios run a second time to see that they are the same byte by byte. */
  readonly repeated: number;
  readonly findings: readonly Finding[];
}

/** Every so many seeds one is run twice, and one beside its undisturbed twin. */
const REPEAT_EVERY = 50;
const TWIN_EVERY = 10;
const MOST_FINDINGS = 10;

export async function simulate(
  stage: SimulatedStage,
  campaign: Campaign,
  onOutcome: (outcome: Outcome) => void = () => {},
  options: RunOptions = {},
): Promise<Summary> {
  const { builtIn } = stage;
  const { faults: _, ...drawOptions } = campaign;
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  const totals = { tasks: 0, calls: 0, changes: 0, virtualMs: 0, repeated: 0, seeds: 0 };
  const statuses: Record<string, number> = {};
  const fired: Record<string, number> = {};
  const findings: Finding[] = [];
  for (let seed = campaign.from; seed < campaign.from + campaign.seeds; seed += 1) {
    if (passed() > (campaign.seconds ?? Number.POSITIVE_INFINITY) || findings.length >= MOST_FINDINGS) break;
    const drawn = drawScenario(seed, { ...drawOptions, builtIn });
    const scenario = campaign.faults === undefined ? drawn : { ...drawn, faults: campaign.faults };
    const repeats = seed % REPEAT_EVERY === 0;
    const twin = seed % TWIN_EVERY === 0 ? await undisturbed(stage, scenario, options) : {};
    const outcome = await runScenario(stage, scenario, { ...options, ...twin, digest: repeats });
    if (repeats) {
      totals.repeated += 1;
      const again = await runScenario(stage, scenario, { ...options, ...twin, digest: true });
      if (again.digest !== outcome.digest) findings.push(different(seed, scenario));
    }
    totals.seeds += 1;
    totals.tasks += outcome.tasks;
    totals.calls += outcome.calls;
    totals.changes += outcome.changes;
    totals.virtualMs += outcome.virtualMs;
    statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1;
    for (const [kind, count] of outcome.fired) fired[kind] = (fired[kind] ?? 0) + count;
    onOutcome(outcome);
    findings.push(...(await shortest(stage, outcome, { ...options, ...twin })));
  }
  const { virtualMs, ...rest } = totals;
  return { ...rest, virtualHours: virtualMs / 3_600_000, seconds: passed(), statuses, fired, findings };
}

/** The artifacts of the same scenario without faults, where faults may not change them. */
async function undisturbed(
  stage: SimulatedStage,
  scenario: Scenario,
  options: RunOptions,
): Promise<{ undisturbed?: string }> {
  const { behaviour, budgetUsdMicros } = scenario;
  if (behaviour.failing > 0 || budgetUsdMicros !== undefined || scenario.faults.length === 0) return {};
  const { artifacts, setAside } = await runScenario(stage, { ...scenario, faults: [] }, options);
  return setAside === 0 ? { undisturbed: artifacts } : {};
}

/** One finding for each invariant that the outcome violates. */
async function shortest(stage: SimulatedStage, outcome: Outcome, options: RunOptions): Promise<Finding[]> {
  const found = new Map(outcome.violations.map((violation) => [violation.invariant, violation]));
  const findings: Finding[] = [];
  for (const { invariant, what } of found.values()) {
    const smaller = await shrink(outcome.scenario, async (scenario) => {
      const { violations } = await runScenario(stage, scenario, options);
      return violations.some((violation) => violation.invariant === invariant);
    });
    findings.push({ seed: outcome.scenario.seed, invariant, what, faults: smaller.faults });
  }
  return findings;
}

const different = (seed: number, { faults }: Scenario): Finding => ({
  seed,
  invariant: 'same-seed-same-bytes',
  what: 'the second run of the seed left other rows than the first',
  faults,
});
