// How a state fails: an error name and a cause, as the history and the API show them.

export interface FailureOptions {
  /** Field of a failed evaluation; such a failure is recorded as EvaluationFailed. */
  readonly location?: string;
  /** Where EvaluationFailed hangs in the history: before the state was entered (expressions), or after. */
  readonly evaluation?: 'expression' | 'value';
  /** The cause is complete; otherwise "An error occurred while executing the state …" is put in front. */
  readonly plain?: boolean;
}

/** Thrown while a state is evaluated. `error` null: the state gave none (a Fail state, a callback without one). */
export class StateFailure extends Error {
  readonly error: string | null;
  readonly detail: string | null;
  readonly options: FailureOptions;

  constructor(error: string | null, detail: string | null, options: FailureOptions = {}) {
    super(detail ?? error ?? 'failed');
    this.error = error;
    this.detail = detail;
    this.options = options;
  }
}

/** States.Runtime: it cannot be caught by States.ALL. */
export function runtime(detail: string): StateFailure {
  return new StateFailure('States.Runtime', detail);
}

export function evaluationError(detail: string, location?: string): StateFailure {
  return new StateFailure('States.QueryEvaluationError', detail, {
    evaluation: 'expression',
    ...(location === undefined ? {} : { location }),
  });
}

export function dataLimit(name: string): StateFailure {
  return new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    { plain: true },
  );
}

/** The finished error of a state: what is caught, recorded and handed up. */
export interface Failure {
  readonly error: string | null;
  readonly cause: string | null;
  /** Errors that end the execution whatever Retry and Catch say, except by their own name. */
  readonly also?: readonly string[];
}
