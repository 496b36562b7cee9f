// The fallback ladder of an agent's model: its own tier, then tiers of the same provider in declared order, then the
// others; a tier that is the same model again is no other rung. A tool has no such ladder: each measures something of its
// own, and what another one measured would be no evidence.

import type { Pipeline } from '../pipeline/model.ts';
import { JUDGE_TIER } from '../scheduling/stages.ts';
import { ladderOf } from './fallback-ladder.ts';

/** Names of tiers; the one that judges does not stand in for an author. */
export function modelLadder(models: Pipeline['models'], tier: string): string[] {
  const tiers = Object.entries(models).filter(([name]) => name === tier || name !== JUDGE_TIER);
  const ladder = ladderOf(
    tier,
    tiers.map(([name, { provider }]) => ({ name, category: provider })),
  );
  const seen = new Set<string>();
  return ladder.filter((name) => {
    const model = `${models[name]?.provider}/${models[name]?.model}`;
    return !seen.has(model) && seen.add(model);
  });
}

/** @param rung rungs that are passed over. */
export function tierOnRung(models: Pipeline['models'], tier: string, rung: number): string {
  const ladder = modelLadder(models, tier);
  return ladder[Math.min(rung, ladder.length - 1)] ?? tier;
}
