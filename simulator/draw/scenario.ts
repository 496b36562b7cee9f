// Draws what happens under a seed: the pipeline, how its agents behave, what strikes.

import type { PinnedPipeline, Pipeline } from '../../core/pipeline/model.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { wholeOf } from '../agents/draws.ts';
import { SENTENCE } from '../agents/samples.ts';
import { faultKinds } from '../faults/catalogue.ts';
import type { FaultSpec, Scenario } from '../scenario.ts';
import { type Draw, drawsOf } from './draw.ts';
import { drawPipeline } from './pipeline.ts';

export interface DrawOptions {
  readonly builtIn: PinnedPipeline;
  /** Only faults of this kind. */
  readonly fault?: string;
  /** Hours that the tasks of a run take together, about; absent: minutes. */
  readonly hours?: number;
  /** As many faults in every seed; absent: none to eight. */
  readonly faults?: number;
  /** Every seed, or none, runs the built-in pipeline. */
  readonly only?: 'built-in' | 'generated';
}

const BUILT_IN_SHARE = 0.3;

export function drawScenario(seed: number, options: DrawOptions): Scenario {
  const draw = drawsOf(seed);
  const share = { 'built-in': 1, generated: 0 }[options.only ?? 'generated'];
  const builtIn = draw('built-in') < (options.only === undefined ? BUILT_IN_SHARE : share);
  // Now and then a task outlives its invocation.
  const long = draw('long') < 0.1;
  const minutes = options.hours === undefined ? (long ? 60 : 12) : options.hours * 12;
  const wall = options.hours === undefined ? (long ? 120 : 10) : options.hours * 30;
  const pinned = builtIn ? simulated(options.builtIn, options.hours === undefined ? 1 : 4) : drawPipeline(draw, wall);
  const rough = draw('rough') < 0.5;
  return {
    seed,
    builtIn,
    pinned,
    idea: `${SENTENCE}

It must work. It should cost less than ${wholeOf(draw('figure'), 1, 99)} EUR.`,
    gates: !builtIn && draw('gates') < 0.4 ? 'enforce' : 'advise',
    ...(draw('poor') < 0.05 ? { budgetUsdMicros: wholeOf(draw('budget'), 1, 20_000) } : {}),
    behaviour: {
      seed,
      minutes,
      failing: rough ? 0.15 : 0,
      acting: 0.15,
      asking: builtIn ? 0.2 : 0.4,
      stalling: rough ? 0.02 : 0,
      wrong: rough ? 0.03 : 0,
    },
    answer: (['approve', 'approve', 'waive', 'reject', 'nonsense'] as const)[wholeOf(draw('answer'), 0, 4)] ?? 'reject',
    faults: drawFaults(draw, options),
  };
}

/** The same pipeline with models that cost money. */
function simulated({ pipeline }: PinnedPipeline, stretched: number): PinnedPipeline {
  const models: Pipeline['models'] = Object.fromEntries(
    Object.keys(pipeline.models).map((tier) => [tier, { provider: 'offline', model: 'drawn' }]),
  );
  const phases = pipeline.phases.map((phase) => ({
    ...phase,
    budget: { ...phase.budget, wallMinutes: phase.budget.wallMinutes * stretched },
  }));
  return pinPipeline({ ...pipeline, models, phases });
}

function drawFaults(draw: Draw, { fault: only, faults }: DrawOptions): FaultSpec[] {
  const kinds = [...faultKinds.values()];
  const count = faults ?? wholeOf(draw('faults') ** 2, only === undefined ? 0 : 1, 8);
  return Array.from({ length: count }, (_, index) => {
    const kind = only === undefined ? kinds[wholeOf(draw('fault', index), 0, kinds.length - 1)] : faultKinds.get(only);
    if (kind === undefined) throw new Error(`there is no fault ${only}`);
    return { kind: kind.id, nth: wholeOf(draw('nth', index) ** 1.5, 1, kind.most) };
  });
}
