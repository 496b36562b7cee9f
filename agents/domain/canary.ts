// What the rules of a canary say to what its window showed.

import type { CanaryRules } from '../../core/artifacts/canary-rules.ts';
import type { ToolValues } from '../sdk/tools.ts';

type Rule = CanaryRules['rules'][number];
type Watched = Pick<ToolValues['service-check'], 'canary' | 'health'>;

export function outcomeOf({ metric, comparison, limit }: Rule, watched: Watched): 'held' | 'breached' {
  const value = figureFor(metric, watched);
  return (comparison === 'at-most' ? value <= limit : value >= limit) ? 'held' : 'breached';
}

/** The gravest answer to a rule that was breached; without one the release goes on. */
export function decide(rules: readonly Rule[], watched: Watched): 'promote' | 'rollback' | 'hold' {
  const breached = rules.filter((rule) => outcomeOf(rule, watched) === 'breached').map(({ onBreach }) => onBreach);
  if (breached.includes('rollback')) return 'rollback';
  return breached.includes('hold') ? 'hold' : 'promote';
}

/** In the unit of the rule: basis points or milliseconds. */
function figureFor(metric: Rule['metric'], { canary, health }: Watched): number {
  if (metric === 'latency-p95') return canary.p95Ms;
  if (metric === 'health') return basisPoints(health.passed, health.total);
  return basisPoints(canary.errors, canary.requests);
}

const basisPoints = (part: number, all: number): number => (all === 0 ? 0 : (part / all) * 10_000);
