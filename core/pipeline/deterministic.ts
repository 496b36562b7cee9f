// Whether the same request always gets the same answer: then asking again is no fix.

import type { Pipeline } from './model.ts';

export const isDeterministic = (pipeline: Pick<Pipeline, 'models'>): boolean =>
  Object.values(pipeline.models).every(({ provider }) => provider === 'offline');
