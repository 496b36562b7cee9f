// Seals of a run's ledger. A row claims the number of a seal and holds its statement; the seal and its segment stand in the
// bucket of sealed things, where a version that was put cannot be removed.

import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { IdeaMineError } from '../core/errors.ts';
import { canonicalJson } from '../core/json.ts';
import type { Seal, SealStatement } from '../core/ledger/seal.ts';
import { objects, partition, sealKey } from './keys.ts';
import { type Bucket, getText } from './objects.ts';
import { queryRows, type Table, transact } from './table.ts';

interface SealRow {
  readonly runId: string;
  readonly statement: SealStatement;
}

export async function lastSeal(table: Table, runId: string): Promise<SealStatement | undefined> {
  const [row] = await queryRows<SealRow>(table, partition(runId), 'SEAL#', { limit: 1, newestFirst: true });
  return row?.statement;
}

/** @returns false when the number was taken by another. */
export function claimSeal(table: Table, statement: SealStatement): Promise<boolean> {
  const { runId, number } = statement;
  const Item = { ...sealKey(runId, number), runId, statement };
  return transact(table, [{ Put: { TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' } }]);
}

/** Puts the segment, then the seal; what is there already stays as it is. */
export async function putSeal(sealed: Bucket, seal: Seal, segment: string): Promise<void> {
  const { runId, number, segment: part } = seal.statement;
  await putOnce(sealed, objects.segment(runId, part.from, part.to), segment, 'application/jsonl');
  await putOnce(sealed, objects.seal(runId, number), canonicalJson(seal), 'application/json');
}

async function putOnce(bucket: Bucket, Key: string, Body: string, ContentType: string): Promise<void> {
  const input: PutObjectCommandInput = { Bucket: bucket.name, Key, Body, ContentType, IfNoneMatch: '*' };
  try {
    await bucket.client.send(new PutObjectCommand(input));
  } catch (error) {
    if ((error as Partial<Error>).name !== 'PreconditionFailed') throw error;
  }
}

export async function getSeal(sealed: Bucket, runId: string, number: number): Promise<Seal | undefined> {
  const text = await getText(sealed, objects.seal(runId, number));
  return text === undefined ? undefined : (JSON.parse(text) as Seal);
}

/** All seals of a run in order, from the bucket alone: also for a run whose rows have expired. */
export async function listSeals(sealed: Bucket, runId: string): Promise<Seal[]> {
  const seals: Seal[] = [];
  for (;;) {
    const seal = await getSeal(sealed, runId, seals.length + 1);
    if (seal === undefined) return seals;
    seals.push(seal);
  }
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when it is gone. */
export async function getSegment(sealed: Bucket, { runId, segment }: SealStatement): Promise<string> {
  const key = objects.segment(runId, segment.from, segment.to);
  const text = await getText(sealed, key);
  if (text === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is gone`);
  return text;
}
