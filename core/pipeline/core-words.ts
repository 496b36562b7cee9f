// The words that core itself gives a pipeline: artifact types, criteria, guards, aggregations. Agents, tools and model
// providers are added by agents/known.ts, where they are at hand.

import { artifactTypes } from '../artifacts/registry.ts';
import { BadInput } from '../errors.ts';
import type { GuardParameters } from '../gates/guard.ts';
import { criterionIds, findGuard, guardParameters } from '../gates/registry.ts';
import { aggregationNames } from '../scheduling/custom-aggregations.ts';
import type { Known } from './known.ts';

export const coreWords: Known = {
  artifactTypes,
  criteria: criterionIds,
  guards: guardParameters,
  aggregations: aggregationNames,
  guardFault,
};

/** A guard that sees no evidence at all still reads its parameters first, and refuses those it cannot use. */
function guardFault(id: string, parameters: GuardParameters): string | undefined {
  try {
    findGuard(id)?.check({ idea: '', artifacts: {}, makes: [] }, parameters);
    return undefined;
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}
