// AWS ends an execution at 25,000 events. We stay under 20,000 at worst, so that a surprise is no catastrophe.

import { historyEvents } from './history-events.ts';
import { machinesOf, type Rule } from './rule.ts';

export const MOST_EVENTS = 20_000;

export const historyFits: Rule = {
  id: 'history-fits',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) => {
      const { events, heaviest } = historyEvents(machine, definition);
      if (events <= MOST_EVENTS) return [];
      return [
        {
          machine,
          state: heaviest,
          found: `${events} events at worst`,
          limit: `${MOST_EVENTS} events`,
          fix: 'nest the loop as an execution of its own, or split the pipeline into fewer phases',
        },
      ];
    }),
};
