// Errors of integrated services in the words Step Functions gives them.

import { AwsError } from '../../service.ts';
import { TaskError } from './connector.ts';

/** How an integration writes its service: prefix of the error's name, and the service in the cause. */
export interface ServiceNames {
  readonly prefix: string;
  /** `AWSStepFunctions`, `AmazonSNS`: the older SDK's cause; undefined: the newer SDK's cause with `prefix`. */
  readonly legacy?: string | undefined;
}

const withException = (name: string) => (/(Exception|Error|Fault)$/.test(name) ? name : `${name}Exception`);

/** A refused call as a task failure. Other errors of ours are no answer of a service and are thrown on. */
export function taskError(cause: unknown, names: ServiceNames, requestId: string): TaskError {
  if (!(cause instanceof Error)) throw cause;
  const status = cause instanceof AwsError ? cause.status : ((cause as { status?: number }).status ?? 500);
  if (!(cause instanceof AwsError) && (cause as { $fault?: string }).$fault === undefined) throw cause;
  const code = cause.name;
  const extended = names.prefix === 'S3' ? `, Extended Request ID: ${requestId}` : '';
  const detail =
    names.legacy === undefined
      ? `${cause.message} (Service: ${names.prefix}, Status Code: ${status}, Request ID: ${requestId}${extended})`
      : `${cause.message} (Service: ${names.legacy}; Status Code: ${status}; Error Code: ${code.replace(/Exception$/, '')}; Request ID: ${requestId}; Proxy: null)`;
  const name = isUnmodelled(code, names) ? `${names.legacy ?? names.prefix}Exception` : withException(code);
  return new TaskError(`${names.prefix}.${name}`, detail);
}

/** Errors the service's model does not name: the SDK throws its base class for them, as `Lambda.AWSLambdaException`. */
function isUnmodelled(code: string, { prefix }: ServiceNames): boolean {
  return /^AccessDenied/.test(code) || (code === 'ValidationException' && /^dynamodb$/i.test(prefix));
}

/** What every optimized integration adds to a service's answer. */
export function sdkMetadata(requestId: string, contentType: string, length: number, more: Record<string, string> = {}) {
  const headers: Record<string, string> = {
    ...more,
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': String(length),
    'Content-Type': contentType,
  };
  const all = Object.entries(headers).map(([key, value]) => [key, SINGLE.has(key) ? value : [value]]);
  return {
    SdkHttpMetadata: { AllHttpHeaders: Object.fromEntries(all), HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

/** Headers given as a text, not as a list. */
const SINGLE = new Set(['Date', 'X-Amzn-Trace-Id']);

/** An HTTP date. */
export const httpDate = (at: number): string => new Date(at).toUTCString();
