// How long and how wide executions may get: the numbers the machines are built with and the proofs reason from.
// Times are outer fences: the wall budgets of a run are kept by its timers, which fire long before. Each fence leaves
// room for the one inside it, so that the innermost names the fault.

import { MOST_AGENTS_IN_TURN } from '../core/pipeline/model.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds an execution may take. A task may last hours and be tried again; a phase may wait 5 days for a decision, twice. */
export const EXECUTION_SECONDS = {
  task: 4 * DAY,
  round: 6 * DAY,
  attempt: 8 * DAY,
  phase: 30 * DAY,
  run: 60 * DAY,
} as const;

/** Seconds by which a parent outwaits its child, so that the child's own time-out is what is reported. */
const MARGIN_SECONDS = 5 * MINUTE;

/** Seconds a parent waits for a nested execution. */
export function nestedSeconds(machine: keyof typeof EXECUTION_SECONDS): number {
  return EXECUTION_SECONDS[machine] + MARGIN_SECONDS;
}

/** Seconds to wait for a person: a gate's escalation is rejected after 5 days (spec §6). */
export const DECISION_SECONDS = 5 * DAY;

/** Seconds for one call of a short handler, its time in the invocation queue included. */
export const CALL_SECONDS = 5 * MINUTE;

/** Workers of one class at a time; queues stay short because a Map starts no more than these can take. */
export const WORKERS_AT_ONCE = 10;

/** Worst cases the history proof counts with; `lambdas/` keeps to them. */
export const WORST_CASE = {
  /** Tasks an inline Map may hold; above that Plan answers `distributed`. */
  inlineTasks: 40,
  /** Fan-outs of a round: one per agent in sequential and iterative phases. */
  waves: MOST_AGENTS_IN_TURN,
  /** Rounds of an iterative phase (spec §2: 100), of its clarification (10) and of its judge. */
  rounds: 111,
  /** Gate attempts of a phase, those after a person's approval to go on included. */
  attempts: 20,
  /** Tries of one task over all error classes (spec §3: 10 of the rate limit alone), stalls and continuations aside. */
  tries: 40,
} as const;
