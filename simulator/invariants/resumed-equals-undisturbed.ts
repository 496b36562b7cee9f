import type { Invariant } from './invariant.ts';

export const resumedEqualsUndisturbed: Invariant = {
  id: 'resumed-equals-undisturbed',
  says: 'faults change when things happen, never what is made: the artifacts are those of the same run without faults',
  atEnd: ({ undisturbed, artifacts }) =>
    undisturbed === undefined || undisturbed === artifacts ? [] : ['its artifacts differ from those without faults'],
};
