// Every slot of the dossier is filled by some phase, or when the run is closed.

import { MADE_AT_CLOSE } from '../model.ts';
import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const slotWithoutMaker: Rule = {
  id: 'slot-without-maker',
  check(draft) {
    if (!draft.makersWhole) return [];
    const made = [...draft.phases.flatMap(({ makes }) => makes.map(({ value }) => value)), ...MADE_AT_CLOSE];
    return draft.slots.flatMap(({ artifact }) => {
      if (artifact === undefined || made.includes(artifact.value)) return [];
      const { value, at } = artifact;
      const message = 'nobody makes the artifact of the dossier slot';
      return [{ at, found: value, expected: oneOf(made), message, suggestion: suggest(value, made) }];
    });
  },
};
