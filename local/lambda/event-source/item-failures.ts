// Reads a handler's `batchItemFailures`. Malformed ones mean that the whole batch failed, as on Lambda.

/** The identifiers that failed: some, none (empty set), or all of the batch. */
export function readItemFailures(payload: string, known: ReadonlySet<string>): ReadonlySet<string> {
  let response: unknown;
  try {
    response = JSON.parse(payload);
  } catch {
    return known;
  }
  const failures = (response as { batchItemFailures?: unknown } | null)?.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return known;
  const failed = new Set<string>();
  for (const failure of failures) {
    const identifier = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !known.has(identifier)) return known;
    failed.add(identifier);
  }
  return failed;
}
