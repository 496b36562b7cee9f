// The history proof counts with the widest phase a pipeline may have; no phase is wider.

import type { Phase } from '../../core/pipeline/model.ts';
import { WORST_CASE } from '../bounds.ts';
import type { Rule, Violation } from './rule.ts';

export const phasesStayInBounds: Rule = {
  id: 'phases-stay-in-bounds',
  check: ({ phases }) => phases.flatMap(findings),
};

function findings(phase: Phase): Violation[] {
  const isInTurns = phase.mode.kind === 'sequential' || phase.mode.kind === 'iterative';
  const oneByOne = isInTurns || phase.agents.some(({ after = [] }) => after.length > 0);
  const measures: readonly [Violation['machine'], string, number, number, string][] = [
    ['round', 'agents one after another', oneByOne ? phase.agents.length : 1, WORST_CASE.waves, 'split the phase'],
    ['attempt', 'rounds', roundsOf(phase), WORST_CASE.rounds, 'lower maxRounds or the rounds of clarification'],
    ['phase', 'tries of its gate', phase.gate.tries, WORST_CASE.attempts, 'lower gate.tries'],
    ['task', 'attempts of a task', phase.retry.attempts, WORST_CASE.tries, 'lower retry.attempts'],
  ];
  return measures
    .filter(([, , value, limit]) => value > limit)
    .map(([machine, what, value, limit, fix]) => ({
      machine,
      found: `phase ${phase.id} with ${value} ${what}`,
      limit: `${limit}`,
      fix,
    }));
}

/** Of its own agents, of clarification, and one of a judge. */
const roundsOf = ({ mode, clarification }: Phase): number => (mode.maxRounds ?? 1) + clarification.rounds + 1;
