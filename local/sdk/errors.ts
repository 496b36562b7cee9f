// An AwsError becomes the exception the SDK would throw: of the class of that name when the module has one, so `instanceof` holds,
// else of the service's base class.

import { AwsError } from '../service.ts';

type ExceptionClass = new (options: Record<string, unknown>) => Error;

const bases = new WeakMap<object, ExceptionClass | undefined>();

/** Anything that is not an AwsError passes as it is. `requestId` goes into `$metadata`. */
export function toSdkException(module: Readonly<Record<string, unknown>>, thrown: unknown, requestId: string): unknown {
  if (!(thrown instanceof AwsError)) return thrown;
  const base = baseOf(module);
  if (!base) return thrown;
  const named = module[thrown.name];
  const known = typeof named === 'function' && named.prototype instanceof base ? (named as ExceptionClass) : base;
  const $metadata = { httpStatusCode: thrown.status, requestId, attempts: 1, totalRetryDelay: 0 };
  const { name, message, $fault } = thrown;
  return Object.assign(new known({ name, message, $fault, $metadata, ...thrown.members }), thrown.members);
}

function baseOf(module: Readonly<Record<string, unknown>>): ExceptionClass | undefined {
  if (bases.has(module)) return bases.get(module);
  const name = Object.keys(module).find((key) => /.ServiceException$/.test(key) && typeof module[key] === 'function');
  const base = name === undefined ? undefined : (module[name] as ExceptionClass);
  bases.set(module, base);
  return base;
}
