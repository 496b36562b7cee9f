// No phase waits for itself, directly or round a chain of others.

import { findCycle } from '../../graph/cycle.ts';
import { phaseGraph } from '../../graph/phase-graph.ts';
import type { DraftPhase } from '../draft.ts';
import type { Rule } from '../rule.ts';

export const cycle: Rule = {
  id: 'cycle',
  check(draft) {
    const phases = distinct(draft.phases);
    const path = findCycle(
      phaseGraph(
        [...phases].map(([id, phase]) => ({
          id,
          needs: phase.needs.map(({ value }) => value),
          makes: phase.makes.map(({ value }) => value),
        })),
      ),
    );
    if (path === null) return [];
    const [first, second] = [phases.get(path.at(-2) as string), phases.get(path[0] as string)];
    const made = new Set(first?.makes.map(({ value }) => value));
    const closing = second?.needs.find(({ value }) => made.has(value));
    return [
      {
        at: closing?.at ?? ['phases'],
        found: path.join(' -> '),
        expected: 'an order in which every phase comes after those it needs',
        message: `the phases wait for each other; ${path[0]} needs ${closing?.value} from ${path.at(-2)}`,
      },
    ];
  },
};

/** A repeated id is another rule's finding; here the first one counts. */
function distinct(phases: readonly DraftPhase[]): Map<string, DraftPhase> {
  const result = new Map<string, DraftPhase>();
  for (const phase of phases) if (phase.id !== undefined && !result.has(phase.id)) result.set(phase.id, phase);
  return result;
}
