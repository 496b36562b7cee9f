import type { Invariant } from './invariant.ts';

export const nothingStaysActive: Invariant = {
  id: 'nothing-stays-active',
  says: 'no ended run keeps the stall sweep awake',
  atEnd: (end) => end.of('ACTIVE').map((row) => `${row.runId} is still active`),
};
