// How a Task state reaches the world: one function, called when the task has started. It may be replaced by tests and replays.

import type { Resource } from '../definition/program.ts';
import type { Doc } from '../json.ts';

export interface TaskCall {
  readonly resource: Resource;
  readonly parameters: Doc;
  readonly stateName: string;
  /** Task token for callbacks, '' otherwise. */
  readonly token: string;
  /** Role the call is made with. */
  readonly role: string;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly roleArn: string;
}

export interface Reply {
  /** The call's result; of callbacks and `.sync` the submission's. */
  readonly output: Doc;
  /** `.sync`: the nested execution whose end is the result. */
  readonly child?: string;
  /** `.sync` of another service: its end. */
  readonly later?: Promise<Reply>;
}

/** A call that failed. `outcome` says how the history records it. */
export class TaskError extends Error {
  readonly error: string | null;
  readonly detail: string | null;
  readonly outcome: 'failed' | 'submitFailed' | 'startFailed' | 'runtime';

  constructor(error: string | null, detail: string | null, outcome: TaskError['outcome'] = 'failed') {
    super(detail ?? error ?? 'task failed');
    this.error = error;
    this.detail = detail;
    this.outcome = outcome;
  }
}

/** @throws TaskError, or a promise rejected with one */
export type TaskConnector = (call: TaskCall) => Reply | Promise<Reply>;
