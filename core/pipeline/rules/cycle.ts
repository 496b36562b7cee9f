// No phase waits for itself, directly or round a chain of others.

import { findCycles } from '../../graph/cycle.ts';
import { phaseGraph } from '../../graph/phase-graph.ts';
import type { DraftPhase } from '../draft.ts';
import type { Finding, Rule } from '../rule.ts';

export const cycle: Rule = {
  id: 'cycle',
  check(draft) {
    const phases = distinct(draft.phases);
    const graph = phaseGraph(
      [...phases].map(([id, { needs, makes }]) => ({
        id,
        needs: needs.map(({ value }) => value),
        makes: makes.map(({ value }) => value),
      })),
    );
    return findCycles(graph).map((path) => finding(path, phases));
  },
};

/** Placed at the need that closes the circle: what the first phase wants of the last. */
function finding(path: readonly string[], phases: ReadonlyMap<string, DraftPhase>): Finding {
  const last = path.at(-2) as string;
  const made = new Set(phases.get(last)?.makes.map(({ value }) => value));
  const closing = phases.get(path[0] as string)?.needs.find(({ value }) => made.has(value));
  return {
    at: closing?.at ?? ['phases'],
    found: path.join(' -> '),
    expected: 'an order in which every phase comes after those it needs',
    message: `the phases wait for each other; ${path[0]} needs ${closing?.value} from ${last}`,
  };
}

/** A repeated id is another rule's finding; here the first one counts. */
function distinct(phases: readonly DraftPhase[]): Map<string, DraftPhase> {
  const result = new Map<string, DraftPhase>();
  for (const phase of phases) if (phase.id !== undefined && !result.has(phase.id)) result.set(phase.id, phase);
  return result;
}
