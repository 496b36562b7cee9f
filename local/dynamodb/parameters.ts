// Which members of a request an operation understands here; any other present is refused by name.

import { unsupported, validationError } from './errors.ts';

/** Members AWS replaced with expressions in 2014. */
const LEGACY = new Set([
  'Expected',
  'AttributeUpdates',
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
  'ConditionalOperator',
]);

export function onlyParameters(operation: string, input: object, known: ReadonlySet<string>): void {
  for (const name in input) {
    if (known.has(name) || (input as Record<string, unknown>)[name] === undefined) continue;
    if (LEGACY.has(name)) throw unsupported(`the legacy parameter ${name} of ${operation}; use expressions`);
    throw unsupported(`the parameter ${name} of ${operation}`);
  }
}

/** Set of the names in one text. */
export function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** @throws AwsError ValidationException as AWS's generic validation words it */
export function oneOf(member: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || value === null || allowed.includes(String(value))) return;
  throw validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`,
  );
}

export function required(name: string, value: unknown): void {
  if (value !== undefined && value !== null) return;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw validationError(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A page size. */
export function positiveLimit(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= 1) return Math.floor(value);
  throw validationError(
    `1 validation error detected: Value '${value}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  );
}

export function refuseCollectionMetrics(
  input: { ReturnItemCollectionMetrics?: string },
  hasLocalIndexes: boolean,
): void {
  oneOf('returnItemCollectionMetrics', input.ReturnItemCollectionMetrics, ['SIZE', 'NONE']);
  if (input.ReturnItemCollectionMetrics === 'SIZE' && hasLocalIndexes)
    throw unsupported('ReturnItemCollectionMetrics SIZE on a table with local secondary indexes');
}
