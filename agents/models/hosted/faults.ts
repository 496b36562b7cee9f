// From what a provider's API said to the class of error the supervisor knows. By status and type, never by prose.

import { APICallError, LoadAPIKeyError, LoadSettingError } from '@ai-sdk/provider';
import { FailedCall, NO_COST } from '../failed-call.ts';

interface Told {
  readonly status: number | undefined;
  readonly type: string;
  readonly retryAfterMs: number | undefined;
}

/** Types of errors that come inside a stream or in a body, as the APIs name them, and the status they stand for. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  overloaded_error: 529,
  rate_limit_error: 429,
  api_error: 500,
  authentication_error: 401,
  permission_error: 403,
  invalid_request_error: 400,
  ThrottlingException: 429,
  throttlingException: 429,
  ServiceUnavailableException: 503,
  serviceUnavailableException: 503,
  InternalServerException: 500,
  internalServerException: 500,
  ModelStreamErrorException: 500,
  modelStreamErrorException: 500,
  ValidationException: 400,
  validationException: 400,
  AccessDeniedException: 403,
};

/**
 * @param begun whether an answer had begun: then what it costs is not known, and the worst case is charged. What a
 * provider refuses at the door it does not charge.
 */
export function asFailedCall(thrown: unknown, who: string, begun: boolean, now: number): FailedCall {
  const { status, type, retryAfterMs } = read(thrown, now);
  const what = `${who}: ${status ?? 'no answer'}${type === '' ? '' : ` ${type}`}`;
  const cost = begun || (APICallError.isInstance(thrown) && thrown.statusCode === 200) ? undefined : NO_COST;
  const failed = (code: string, message: string, retryable: boolean) =>
    new FailedCall(code, message, { retryable, cost, retryAfterMs, cause: thrown });
  if (thrown instanceof LoadAPIKeyError || thrown instanceof LoadSettingError) {
    return failed('IdeaMine.Authentication', `${who}: no key or address is set for it`, false);
  }
  if (status === undefined) return failed('IdeaMine.Transient', `${what}: the connection failed`, true);
  if (status === 401 || status === 403) return failed('IdeaMine.Authentication', what, false);
  // Only this class waits as long as it is asked to.
  if (status === 429 || (status >= 500 && retryAfterMs !== undefined)) return failed('IdeaMine.RateLimit', what, true);
  if (status === 404) return failed('IdeaMine.Misconfigured', `${what}: no such model there`, false);
  if (status === 408 || status === 409 || status >= 500) return failed('IdeaMine.Transient', what, true);
  return failed('IdeaMine.BadInput', `${what}: the request was refused`, false);
}

function read(thrown: unknown, now: number): Told {
  if (APICallError.isInstance(thrown)) {
    const type = typeIn(thrown.data) || typeIn(parsed(thrown.responseBody));
    // An error inside a stream that began well has the status it stands for; a stream that broke off has none.
    const status = thrown.statusCode === 200 ? STATUS_OF_TYPE[type] : (thrown.statusCode ?? STATUS_OF_TYPE[type]);
    return { status, type, retryAfterMs: retryAfter(thrown.responseHeaders ?? {}, now) };
  }
  const type = typeIn(thrown);
  return { status: STATUS_OF_TYPE[type], type, retryAfterMs: undefined };
}

/** The error's type where its API puts one: `{type}`, `{error: {type}}`, or the first key that names an exception. */
function typeIn(value: unknown): string {
  if (typeof value === 'string') return STATUS_OF_TYPE[value] === undefined ? typeIn(parsed(value)) : value;
  if (typeof value !== 'object' || value === null) return '';
  const { error, type, code, name, __type: awsType } = value as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) return typeIn(error);
  for (const candidate of [type, code, awsType, name, ...Object.keys(value)]) {
    if (typeof candidate === 'string' && STATUS_OF_TYPE[candidate] !== undefined) return candidate;
  }
  return '';
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, or a date; `retry-after-ms` where a provider is that exact. */
function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const exact = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] !== undefined && Number.isFinite(exact) && exact >= 0) return Math.ceil(exact);
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds < 0 ? undefined : Math.ceil(seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
