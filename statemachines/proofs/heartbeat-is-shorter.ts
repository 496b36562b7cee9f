// A worker that dies is missed by its heartbeat; one that is as long as the time-out would miss nobody. Both come from the task where
// they differ by task: then lambdas/plan/limits.ts halves the one for the other, and its tests hold that.

import { type State, statesOf } from '../asl.ts';
import { isCallback } from './callback-is-bounded.ts';
import { machinesOf, type Rule, type Violation } from './rule.ts';

export const heartbeatIsShorter: Rule = {
  id: 'heartbeat-is-shorter',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      statesOf(definition)
        .filter(({ state }) => isCallback(state) && isQueued(state))
        .flatMap(({ name, state }) => findings(state).map((finding) => ({ machine, state: name, ...finding }))),
    ),
};

/** Workers beat; a person who is asked does not. */
const isQueued = (state: State): boolean => String(state.Resource).includes(':sqs:');

function findings(state: State): Pick<Violation, 'found' | 'limit' | 'fix'>[] {
  const { HeartbeatSeconds: beat, TimeoutSeconds: limit } = state;
  if (state.HeartbeatSecondsPath !== undefined && state.TimeoutSecondsPath !== undefined) return [];
  // That it waits for ever is another rule's finding.
  if (limit === undefined && state.TimeoutSecondsPath === undefined) return [];
  if (beat === undefined && state.HeartbeatSecondsPath === undefined) {
    return [{ found: 'no heartbeat', limit: 'one that is shorter than the time-out', fix: 'add HeartbeatSeconds' }];
  }
  if (typeof beat !== 'number' || typeof limit !== 'number') {
    return [
      { found: 'a heartbeat and a time-out of two kinds', limit: 'both by path or both by number', fix: 'use paths' },
    ];
  }
  if (beat < limit) return [];
  return [{ found: `a heartbeat of ${beat} s`, limit: `less than ${limit} s`, fix: 'shorten the heartbeat' }];
}
