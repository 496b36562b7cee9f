// The one base class of IdeaMine's own errors, and the one funnel from `unknown` to it.
// `code` is an Amazon States Language error name, so a Catch or Retry in a state machine can match it.

export interface ErrorOptions {
  /** Whether the same call may succeed later without any change to it. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** Data for logs and tests; never secrets or task tokens. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export class IdeaMineError extends Error {
  /** ASL error name, such as `IdeaMine.BadInput`. Also the error's `name`, since Lambda reports `name` to Step Functions. */
  readonly code: string;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}

/** What the user gave is wrong; the message says what was found and what was expected. */
export class BadInput extends IdeaMineError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('IdeaMine.BadInput', message, options);
  }
}

/** The pushed behaviour belongs to another deployed structure. */
export class StructureMismatch extends IdeaMineError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('IdeaMine.StructureMismatch', message, options);
  }
}

/** A passing fault of a service or the network. */
export class Transient extends IdeaMineError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('IdeaMine.Transient', message, { retryable: true, ...options });
  }
}

/** Something with no class of its own; retried a few times, never trusted. */
class Unknown extends IdeaMineError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('IdeaMine.Unknown', message, { retryable: true, ...options });
  }
}

function isIdeaMineError(value: unknown): value is IdeaMineError {
  // By shape, not instanceof: a bundle loaded in another realm has its own copy of the class.
  return (
    value instanceof Error &&
    typeof (value as Partial<IdeaMineError>).code === 'string' &&
    (value as Partial<IdeaMineError>).code === value.name &&
    typeof (value as Partial<IdeaMineError>).retryable === 'boolean'
  );
}

/** The funnel: whatever was thrown becomes an IdeaMineError; a known one passes as it is. */
export function toIdeaMineError(thrown: unknown): IdeaMineError {
  if (isIdeaMineError(thrown)) return thrown;
  if (thrown instanceof Error) {
    const retryable = (thrown as { $retryable?: unknown }).$retryable !== undefined;
    const message = `${thrown.name}: ${thrown.message}`;
    return retryable ? new Transient(message, { cause: thrown }) : new Unknown(message, { cause: thrown });
  }
  return new Unknown(`a non-error was thrown: ${String(thrown)}`, { cause: thrown });
}
