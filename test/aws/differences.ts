// Where an endpoint is known to fall short of AWS. A test that meets one holds the endpoint to the difference exactly, so
// that one that was mended shows. docs/compatibility.md is held to this list.

export interface Difference {
  readonly id: string;
  /** What AWS does. */
  readonly aws: string;
  readonly endpoint: string;
  /** The test on `local/` that covers what cannot be seen on the endpoint. */
  readonly coveredBy: string;
}

export const MINISTACK: readonly Difference[] = [
  {
    id: 'names-of-function-errors',
    aws: 'an execution sees the name of the error a function threw',
    endpoint: 'every error of a Node function is named Runtime.HandlerError; its message is kept',
    coveredBy: 'test/local/lambda, test/local/states/tasks.test.ts',
  },
  {
    id: 'reason-of-a-stop',
    aws: 'the status-change event of a stopped execution has the error and the cause it was stopped with',
    endpoint: 'the event has neither, so the run says that it was stopped, not why',
    coveredBy: 'test/lambdas/close.test.ts',
  },
  {
    id: 'refusal-of-text',
    aws: 'StartExecution refuses an input that is no JSON',
    endpoint: 'the execution starts, and its first state refuses it',
    coveredBy: 'test/local/states/limits.test.ts',
  },
  {
    id: 'states-inside-a-fan-out',
    aws: 'a history has the states entered inside of a Map and a Parallel',
    endpoint: 'it has the Map and the Parallel alone',
    coveredBy: 'test/local/states/language.test.ts',
  },
  {
    id: 'no-output-of-a-failure',
    aws: 'a failed execution has an error and a cause, and no output',
    endpoint: 'it has them as its output too',
    coveredBy: 'test/local/states/api.test.ts',
  },
  {
    id: 'heartbeats',
    aws: 'HeartbeatSeconds ends a task whose worker is silent',
    endpoint: 'only TimeoutSeconds does; the stall sweep, which does not rest on it, works',
    coveredBy: 'test/local/states/tasks.test.ts, test/lambdas/sweep.test.ts',
  },
];

export function lacks(id: string): boolean {
  if (!MINISTACK.some((difference) => difference.id === id)) throw new Error(`no difference ${id} is listed`);
  return process.env.WIRE_ENDPOINT === 'MiniStack';
}
