// A phase has agents and makes something.

import type { Rule } from '../rule.ts';

export const nothingToDo: Rule = {
  id: 'nothing-to-do',
  check(draft) {
    return draft.phases.flatMap(({ at, empty }) =>
      empty.map((key) => {
        const what = key === 'agents' ? 'agent' : 'artifact';
        const message = key === 'agents' ? 'nobody works in the phase' : 'the phase makes nothing';
        return { at: [...at, key], found: `no ${what}`, expected: `at least one ${what}`, message };
      }),
    );
  },
};
