// A guard can use its parameters: those it must have are there, and numbers are numbers.

import type { Json } from '../../json.ts';
import type { Rule } from '../rule.ts';

export const guardParameters: Rule = {
  id: 'guard-parameters',
  check(draft, known) {
    return draft.phases
      .flatMap(({ guards }) => guards)
      .flatMap(({ criterion, parameters }) => {
        const given = Object.fromEntries(parameters.map(({ value: { name, value } }) => [name, value as Json]));
        const fault = known.guardFault?.(criterion.value, given);
        if (fault === undefined) return [];
        const found = parameters.length === 0 ? 'none' : Object.keys(given).join(', ');
        const expected = 'parameters the guard can use';
        return [{ at: criterion.at.slice(0, -1), found, expected, message: `${criterion.value}: ${fault}` }];
      });
  },
};
