// Where the states of one flow lead: the graph that proofs about paths and loops walk.

import type { Flow, State } from './asl.ts';

/** Names a state may go on to; empty for one that ends its flow. */
export function nextOf(state: State): string[] {
  const choices: readonly { Next: string }[] = state.Choices ?? [];
  const catchers: readonly { Next: string }[] = state.Catch ?? [];
  const direct: readonly (string | undefined)[] = [state.Next, state.Default];
  return [...direct.filter((name) => name !== undefined), ...[...choices, ...catchers].map(({ Next }) => Next)];
}

export const endsFlow = (state: State): boolean =>
  state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';

/** Names reachable from a state by one step or more; names that are not there are left out. */
export function reachableFrom(flow: Flow, start: string): Set<string> {
  const reached = new Set<string>();
  for (const stack = [start]; stack.length > 0; ) {
    const state = flow.States[stack.pop() as string];
    if (state === undefined) continue;
    for (const next of nextOf(state)) {
      if (reached.has(next) || flow.States[next] === undefined) continue;
      reached.add(next);
      stack.push(next);
    }
  }
  return reached;
}

/** The states that can come round to themselves. */
export function loopingStates(flow: Flow): Set<string> {
  return new Set(Object.keys(flow.States).filter((name) => reachableFrom(flow, name).has(name)));
}
