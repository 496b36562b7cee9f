// That a run's dossier was published: which files, by hash. Once for each dossier.

import { runKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import type { RunRow } from './runs.ts';
import { type Table, transact } from './table.ts';

/** @returns false when it was recorded before, or the run was closed anew since. */
export function recordPublication(
  table: Table,
  run: RunRow,
  publication: { readonly files: Readonly<Record<string, string>>; readonly outbox: Outbox },
): Promise<boolean> {
  return transact(table, [
    {
      Update: {
        TableName: table.name,
        Key: runKey(run.runId),
        UpdateExpression: 'SET published = :published',
        ConditionExpression:
          'dossier.sha256 = :dossier AND (attribute_not_exists(published) OR published.dossier <> :dossier)',
        ExpressionAttributeValues: {
          ':dossier': run.dossier?.sha256,
          ':published': { dossier: run.dossier?.sha256, files: publication.files },
        },
      },
    },
    outboxItem(table, run.runId, publication.outbox),
  ]);
}
