// What of a pipeline is deployed and what is only pushed (spec §11): the structure hash covers the first.
// Wall budgets are behaviour: they choose the layout when a pipeline is synthesized, but a layout stays correct
// whatever the durations, so a rehearsal may stretch them without a new synth.

import { hashOf } from '../json.ts';
import type { Pipeline } from './model.ts';

/** SHA-256 over phase ids, their needs and makes, and fan-out limits; the order of declaration does not matter. */
export function structureHash(pipeline: Pipeline): string {
  const phases = pipeline.phases.map((phase) => ({
    id: phase.id,
    needs: phase.needs.toSorted(),
    makes: phase.makes.toSorted(),
    mode: phase.mode,
  }));
  return hashOf({ phases: phases.sort((a, b) => (a.id < b.id ? -1 : 1)) });
}
