// The list an agent's work is split over lies in an artifact its phase needs.

import { IDEA } from '../model.ts';
import type { Rule } from '../rule.ts';
import { oneOf, suggest } from '../suggest.ts';

export const shardArtifact: Rule = {
  id: 'shard-artifact',
  check(draft) {
    return draft.phases.flatMap((phase) => {
      const types = phase.needs.map(({ value }) => value).filter((type) => type !== IDEA);
      return phase.agents.flatMap(({ shardOver }) => {
        const type = shardOver?.value.split('.', 1)[0] ?? '';
        if (shardOver === undefined || types.includes(type)) return [];
        const message = 'the work is split over an artifact its phase does not need';
        return [{ at: shardOver.at, found: type, expected: oneOf(types), message, suggestion: suggest(type, types) }];
      });
    });
  },
};
