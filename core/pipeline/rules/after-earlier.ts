// An agent waits only for agents named before it in its phase, so that no two wait for each other.

import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const afterEarlier: Rule = {
  id: 'after-earlier',
  check(draft) {
    return draft.phases.flatMap(({ agents }) =>
      agents.flatMap(({ after }, index) => {
        const earlier = agents.slice(0, index).flatMap(({ id }) => (id === undefined ? [] : [id.value]));
        return after
          .filter(({ value }) => !earlier.includes(value))
          .map(({ value, at }) => ({
            at,
            found: value,
            expected: earlier.length > 0 ? oneOf(earlier) : 'no agent, for this one is the first',
            message: 'the agent waits for one that does not stand before it in the phase',
            suggestion: suggest(value, earlier),
          }));
      }),
    );
  },
};
