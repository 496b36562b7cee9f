// Counts the events an execution's history can hold at worst: every state in a loop as often as the machine's loop may
// turn, every call retried as often as it may be, every Map as wide as it may be.
// Events of each kind of state as AWS writes them: entered and exited, and for a Task scheduled, started, submitted and its end.

import type { Flow, State } from '../asl.ts';
import { WORST_CASE } from '../bounds.ts';
import { loopingStates } from '../flow-graph.ts';
import type { MachineName } from '../machines.ts';

const PASSED_THROUGH = 2;
const TASK = 6;
/** Scheduled, started, failed. */
const RETRY = 3;
/** Started and succeeded. */
const ITERATION = 2;
/** Entered, run started, run ended, map ended, exited: the items are executions of their own. */
const DISTRIBUTED = 5;
/** The execution's own start and end. */
const ENDS = 2;

/** How often the loop of each machine turns at most. */
const TURNS: Readonly<Record<MachineName, number>> = {
  run: 1,
  phase: WORST_CASE.attempts,
  attempt: WORST_CASE.rounds,
  round: WORST_CASE.waves,
  task: WORST_CASE.tries,
};

export interface Count {
  readonly events: number;
  /** The state of the outermost flow that holds most of them. */
  readonly heaviest: string;
}

export function historyEvents(machine: MachineName, definition: Flow): Count {
  const looping = loopingStates(definition);
  const shares = Object.entries(definition.States).map(([name, state]): [string, number] => [
    name,
    eventsOf(state) * (looping.has(name) ? TURNS[machine] : 1),
  ]);
  const heaviest = shares.reduce((most, share) => (share[1] > most[1] ? share : most), ['', 0]);
  return { events: ENDS + shares.reduce((sum, [, events]) => sum + events, 0), heaviest: heaviest[0] };
}

function eventsOf(state: State): number {
  if (state.Type === 'Task') return TASK + RETRY * retriesOf(state);
  if (state.Type === 'Map') {
    if (state.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED') return DISTRIBUTED * (1 + retriesOf(state));
    return PASSED_THROUGH + 2 + WORST_CASE.inlineTasks * (ITERATION + straight(state.ItemProcessor));
  }
  if (state.Type === 'Parallel') {
    const branches: readonly Flow[] = state.Branches;
    return PASSED_THROUGH + 2 + branches.reduce((sum, branch) => sum + straight(branch), 0);
  }
  return PASSED_THROUGH;
}

/** A flow without loops: every state once, which counts alternatives together and so never too little. */
function straight(flow: Flow): number {
  return Object.values(flow.States).reduce((sum, state) => sum + eventsOf(state), 0);
}

function retriesOf(state: State): number {
  const retriers: readonly { MaxAttempts: number }[] = state.Retry ?? [];
  return retriers.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
}
