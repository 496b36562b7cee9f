// A call without a time limit waits for ever when its answer is lost, and a machine without one keeps its parent waiting. Callbacks
// have a rule of their own.

import { statesOf } from '../asl.ts';
import { isCallback } from './callback-is-bounded.ts';
import { machinesOf, type Rule, type Violation } from './rule.ts';

const LIMIT = 'TimeoutSeconds';
const FIX = 'say how long it may take';

export const callIsBounded: Rule = {
  id: 'call-is-bounded',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]): Violation[] => {
      const unbounded = statesOf(definition).filter(
        ({ state }) => state.Type === 'Task' && !isCallback(state) && !isSeconds(state.TimeoutSeconds),
      );
      const own = isSeconds(definition.TimeoutSeconds)
        ? []
        : [{ machine, found: 'no time limit', limit: LIMIT, fix: FIX }];
      return [
        ...own,
        ...unbounded.map(({ name }) => ({
          machine,
          state: name,
          found: 'a call without a time limit',
          limit: LIMIT,
          fix: FIX,
        })),
      ];
    }),
};

const isSeconds = (value: unknown): boolean => typeof value === 'number' && value > 0;
