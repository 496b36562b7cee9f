// An artifact has one maker, and nobody makes the idea.

import { IDEA, MADE_AT_CLOSE } from '../model.ts';
import type { Finding, Rule } from '../rule.ts';

export const twoMakers: Rule = {
  id: 'two-makers',
  check(draft) {
    const makers = new Map([
      [IDEA, 'whoever starts the run'],
      ...MADE_AT_CLOSE.map((type) => [type, 'close'] as const),
    ]);
    const findings: Finding[] = [];
    for (const phase of draft.phases) {
      const maker = phase.id ?? 'a phase without an id';
      for (const { value, at } of phase.makes) {
        const first = makers.get(value);
        if (first === undefined) makers.set(value, maker);
        else if (first !== maker) {
          const message = `${value} is made twice, by ${first} and by ${maker}`;
          findings.push({ at, found: `a second maker of ${value}`, expected: 'one maker of each artifact', message });
        }
      }
    }
    return findings;
  },
};
