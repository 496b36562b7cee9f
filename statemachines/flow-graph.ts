// Where the states of one flow lead: the graph that proofs about paths and loops walk. Linear in the number of states.

import type { Flow, State } from './asl.ts';

/** Names a state may go on to; empty for one that ends its flow. */
export function nextOf(state: State): string[] {
  const choices: readonly { Next: string }[] = state.Choices ?? [];
  const catchers: readonly { Next: string }[] = state.Catch ?? [];
  const direct: readonly (string | undefined)[] = [state.Next, state.Default];
  return [...direct.filter((name) => name !== undefined), ...[...choices, ...catchers].map(({ Next }) => Next)];
}

const endsFlow = (state: State): boolean => state.End === true || state.Type === 'Succeed' || state.Type === 'Fail';

/** Names that can be reached from the flow's start, itself included; names that are not there are left out. */
export function usedStates(flow: Flow): Set<string> {
  return reach([flow.StartAt], (name) => nextOf(flow.States[name] as State).filter((next) => next in flow.States));
}

/** Names from which an end can be reached. */
export function endingStates(flow: Flow): Set<string> {
  const before = predecessors(flow);
  const ends = Object.keys(flow.States).filter((name) => endsFlow(flow.States[name] as State));
  return reach(ends, (name) => before.get(name) ?? []);
}

/**
 * The states that can come round to themselves, and those on a way from one loop to another: found by taking away, again
 * and again, what nothing leads to or what leads nowhere. Never too few.
 */
export function loopingStates(flow: Flow): Set<string> {
  const before = predecessors(flow);
  const after = new Map(Object.keys(flow.States).map((name) => [name, nextOf(flow.States[name] as State)]));
  const left = new Set(after.keys());
  const alone = (name: string) =>
    !(before.get(name) ?? []).some((each) => left.has(each)) || !(after.get(name) ?? []).some((each) => left.has(each));
  for (const stack = [...left]; stack.length > 0; ) {
    const name = stack.pop() as string;
    if (!left.has(name) || !alone(name)) continue;
    left.delete(name);
    stack.push(...(before.get(name) ?? []), ...(after.get(name) ?? []));
  }
  return left;
}

function predecessors(flow: Flow): Map<string, string[]> {
  const before = new Map(Object.keys(flow.States).map((name): [string, string[]] => [name, []]));
  for (const [name, state] of Object.entries(flow.States)) {
    for (const next of nextOf(state)) before.get(next)?.push(name);
  }
  return before;
}

function reach(from: readonly string[], onwards: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(from);
  for (const stack = [...from]; stack.length > 0; ) {
    for (const next of onwards(stack.pop() as string)) {
      if (reached.has(next)) continue;
      reached.add(next);
      stack.push(next);
    }
  }
  return reached;
}
