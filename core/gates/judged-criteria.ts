// The judged criteria of a gate: those that a judge has to be asked about.

import type { Gate } from '../pipeline/model.ts';
import type { Criterion } from './criterion.ts';
import { findCriterion } from './registry.ts';

export const judgedCriteria = (gate: Gate): Criterion[] =>
  Object.keys(gate.weights).flatMap((id) => {
    const criterion = findCriterion(id);
    return criterion?.kind === 'judged' ? [criterion] : [];
  });
