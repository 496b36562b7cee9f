// A callback that times out or is answered with a failure must lead somewhere: an uncaught one ends the execution and
// with it everything the parent has paid for.

import { type State, statesOf } from '../asl.ts';
import { isCallback } from './callback-is-bounded.ts';
import { machinesOf, type Rule } from './rule.ts';

export const callbackIsCaught: Rule = {
  id: 'callback-is-caught',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      statesOf(definition)
        .filter(({ state }) => isCallback(state) && !catchesAll(state))
        .map(({ name }) => ({
          machine,
          state: name,
          found: 'a callback whose failure is not caught',
          limit: 'a Catch of States.ALL',
          fix: 'catch it and lead it to the state that decides what happens next',
        })),
    ),
};

function catchesAll(state: State): boolean {
  const catchers: readonly { ErrorEquals: readonly string[] }[] = state.Catch ?? [];
  return catchers.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
}
