// A guard takes the parameters its criterion knows; a misspelt threshold must not pass for none.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const unknownGuardParameter: Rule = {
  id: 'unknown-guard-parameter',
  check(draft, known) {
    return draft.phases
      .flatMap(({ guards }) => guards)
      .flatMap(({ criterion, parameters }) => {
        const takes = known.guards?.[criterion.value];
        if (takes === undefined) return [];
        return parameters
          .filter(({ value }) => !takes.includes(value.name))
          .map(({ value: { name }, at }) => ({
            at,
            found: name,
            expected: oneOf(takes),
            message: `${criterion.value} takes no such parameter`,
            suggestion: suggest(name, takes),
          }));
      });
  },
};
