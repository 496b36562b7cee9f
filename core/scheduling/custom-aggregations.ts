// The named aggregations a pipeline may ask for with `custom`. Each is a pure function of the results in declared order.

import type { Json } from '../json.ts';
import { firstKnown } from './first-known.ts';
import { unionById } from './union-by-id.ts';

export const customAggregations: Readonly<Record<string, (results: readonly Json[]) => Json>> = {
  'first-known': firstKnown,
  'union-by-id': unionById,
};

/** For the loader's check that a custom aggregation is one that somebody wrote. */
export const aggregationNames: readonly string[] = Object.keys(customAggregations).sort();
