// A gate looks at what its phase makes or needs, nothing else: other artifacts may not be there yet.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const gateArtifact: Rule = {
  id: 'gate-artifact',
  check(draft) {
    return draft.phases.flatMap((phase) => {
      const types = [...phase.makes, ...phase.needs].map(({ value }) => value);
      return phase.guards
        .flatMap(({ parameters }) => parameters)
        .flatMap(({ value: { name, value }, at }) => {
          if (name !== 'artifact' || (typeof value === 'string' && types.includes(value))) return [];
          const found = typeof value === 'string' ? value : JSON.stringify(value);
          const message = 'the gate asks for an artifact its phase neither makes nor needs';
          return [{ at, found, expected: oneOf(types), message, suggestion: suggest(found, types) }];
        });
    });
  },
};
