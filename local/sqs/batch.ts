// Batch operations: entries are checked together, done one by one, and answered apart.

import { AwsError } from '../service.ts';

const MOST_ENTRIES = 10;

interface Entry {
  readonly Id?: string;
}

interface BatchResult {
  readonly Successful: object[];
  readonly Failed: object[];
}

export function batched<E>(entries: readonly (E & Entry)[] | undefined, perform: (entry: E) => object): BatchResult {
  if (!entries || entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MOST_ENTRIES) {
    const message = `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError('TooManyEntriesInBatchRequest', message);
  }
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (typeof Id !== 'string' || !/^[\w-]{1,80}$/.test(Id)) {
      const message =
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw new AwsError('InvalidBatchEntryId', message);
    }
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
  const result: BatchResult = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      result.Successful.push({ Id: entry.Id, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      result.Failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: error.name, Message: error.message });
    }
  }
  return result;
}
