// A state that waits for a task token waits for ever unless it says how long; whoever holds the token may be gone.

import { type State, statesOf } from '../asl.ts';
import { machinesOf, type Rule } from './rule.ts';

export const callbackIsBounded: Rule = {
  id: 'callback-is-bounded',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      statesOf(definition)
        .filter(({ state }) => isCallback(state) && !('TimeoutSeconds' in state) && !('TimeoutSecondsPath' in state))
        .map(({ name }) => ({
          machine,
          state: name,
          found: 'a callback without a time-out',
          limit: 'TimeoutSeconds or TimeoutSecondsPath',
          fix: 'say how long it may wait',
        })),
    ),
};

export const isCallback = (state: State): boolean => String(state.Resource ?? '').endsWith('.waitForTaskToken');
