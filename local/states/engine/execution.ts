// The state of an execution as the engine holds it. Everything here can be written to the store and read back.

import type { Timer } from '../../service.ts';
import type { Machine, Program, State } from '../definition/program.ts';
import type { Failure } from '../failure.ts';
import type { Doc, Json, JsonObject } from '../json.ts';
import type { HistoryEvent } from './history.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

/** Where a strand stands between two steps. */
type Phase =
  | 'enter' // the state is to be entered
  | 'again' // the state was entered and is to begin anew
  | 'start' // a task is scheduled and to be started
  | 'task' // a task runs or a callback is awaited
  | 'wait' // a Wait state sleeps
  | 'retry' // the state is to begin again at wakeAt
  | 'children' // a Parallel, Map or map run is under way
  | 'done' // a branch or iteration has its output
  | 'failed'; // the strand failed, or was aborted with its siblings; a redrive begins it again

export interface TaskRun {
  /** Id of the scheduling event; names the attempt. */
  event: number;
  /** Opaque token, '' for tasks nobody answers by token. */
  token: string;
  phase: 'scheduled' | 'started' | 'submitted';
  parameters: Doc;
  role: string | undefined;
  timeoutAt: number | undefined;
  heartbeatSeconds: number | undefined;
  heartbeatAt: number | undefined;
  /** Execution a `.sync` task waits for. */
  child: string | undefined;
  /** Activity tasks: worker that took it. */
  worker: string | undefined;
}

export interface Fan {
  /** Number of branches or items. */
  length: number;
  started: number;
  done: number;
  running: number;
  maxConcurrency: number;
  /** ARN of the map run of a distributed Map. */
  mapRun: string | undefined;
}

export interface Strand {
  readonly id: number;
  readonly parent: number | undefined;
  /** Branch number or item index. */
  readonly index: number;
  readonly machine: Machine;
  state: State;
  phase: Phase;
  /** Raw input of the current state. */
  input: Doc;
  variables: JsonObject;
  /** Id of the last event of this strand: the next one's previousEventId. */
  last: number;
  /** `last` before the current state was entered. */
  before: number;
  enteredEvent: number;
  enteredAt: number;
  /** Attempts spent per retrier of the current state. */
  attempts: number[];
  retryCount: number;
  /** End of a wait or of a retry's delay, epoch ms. */
  wakeAt: number | undefined;
  task: TaskRun | undefined;
  fan: Fan | undefined;
  /** Items of a Map state, or the one item of an iteration. */
  items: Json[] | undefined;
  /** Where the items came from, for the context object. */
  itemSource: string | undefined;
  output: Doc | undefined;
  children: Strand[] | undefined;
  timers: Timer[];
  dirty: boolean;
  stored: boolean;
  itemsStored: boolean;
  gone: boolean;
}

export interface Waiter {
  /** ARN of the waiting execution. */
  readonly execution: string;
  readonly strand: number;
  readonly event: number;
}

/** What is fixed when an execution starts. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definitionHash: string;
  readonly revisionId: string;
  readonly startedAt: number;
  readonly traceHeader?: string | undefined;
  /** Child of a map run: its machine in the program, its item and its place. */
  readonly map?: { readonly run: string; readonly machine: number; readonly index: number } | undefined;
}

/** What can be told of an execution, open or ended. */
export interface ExecutionRecord {
  readonly id: number;
  readonly facts: ExecutionFacts;
  readonly input: Doc;
  status: Status;
  stoppedAt: number | undefined;
  output: Doc | undefined;
  failure: Failure | undefined;
  redriveCount: number;
  redrivenAt: number | undefined;
  lastEvent: number;
}

export interface Execution extends ExecutionRecord {
  readonly program: Program;
  nextStrand: number;
  readonly strands: Map<number, Strand>;
  /** Events not yet written. */
  history: HistoryEvent[];
  /** Strands to write or delete at the next flush. */
  changed: Set<Strand>;
  waiters: Waiter[];
  timer: Timer | undefined;
  headDirty: boolean;
  stored: boolean;
}
