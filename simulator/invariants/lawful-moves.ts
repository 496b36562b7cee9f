import type { Invariant } from './invariant.ts';

const MOVES: Readonly<Record<string, readonly string[]>> = {
  planned: ['claimed', 'planned', 'set-aside'],
  claimed: ['claimed', 'committed', 'failed', 'superseded', 'continuing', 'planned', 'set-aside'],
  continuing: ['claimed', 'planned', 'set-aside'],
  failed: ['planned', 'set-aside'],
  superseded: ['planned', 'set-aside', 'claimed'],
  committed: [],
  'set-aside': ['planned', 'discarded'],
};

export const lawfulMoves: Invariant = {
  id: 'lawful-moves',
  says: 'a task goes from one status to another only by a move of the worker protocol',
  kinds: ['TASK'],
  onChange({ before, after }) {
    if (after === undefined) return undefined;
    // The same work as a task of an earlier attempt is taken over as it was committed there.
    if (before === undefined)
      return ['planned', 'committed'].includes(after.status) ? undefined : `it began as ${after.status}`;
    if (before.status === after.status || MOVES[before.status]?.includes(after.status)) return undefined;
    return `${before.status} became ${after.status}`;
  },
};
