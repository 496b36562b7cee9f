// Every artifact type has a schema in the registry.

import { IDEA, MADE_AT_CLOSE } from '../model.ts';
import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownArtifact: Rule = {
  id: 'unknown-artifact',
  check(draft, known) {
    const types = [IDEA, ...known.artifactTypes];
    const named = draft.phases.flatMap(({ needs, makes }) => [...needs, ...makes]);
    const slots = draft.slots.flatMap(({ artifact }) => artifact ?? []);
    const faulty = [
      ...named.filter(({ value }) => !types.includes(value)),
      ...slots.filter(({ value }) => !types.includes(value) && !MADE_AT_CLOSE.includes(value)),
    ];
    return faulty.map(({ value, at }) => ({
      at,
      found: value,
      expected: oneOf(types),
      message: 'no such artifact type is declared',
      suggestion: suggest(value, types),
    }));
  },
};
