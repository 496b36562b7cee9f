// Artifacts: envelopes in the bucket by the hash of their bytes, and one index row for each type a run has made.

import { IdeaMineError } from '../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../core/json.ts';
import { artifactKey, objects, partition } from './keys.ts';
import { type Bucket, getText, putText } from './objects.ts';
import { queryRows, type Table, type WriteItem } from './table.ts';

/** What is stored, as canonical JSON. */
export interface Envelope {
  readonly type: string;
  readonly schemaVersion: 1;
  readonly madeBy: {
    readonly phase: string;
    readonly agents: readonly string[];
    /** Null when no model was asked. */
    readonly provider: string | null;
    readonly model: string | null;
  };
  readonly content: Json;
}

export interface ArtifactRef {
  readonly sha256: string;
  readonly bytes: number;
}

export interface ArtifactRow extends ArtifactRef {
  readonly runId: string;
  readonly type: string;
  readonly phase: string;
  /** Attempt of the phase that made it; a newer attempt takes the place of an older one. */
  readonly attempt: number;
  readonly round: number;
  readonly at: string;
}

/** Writes the envelope; the same content is the same object. */
export async function putEnvelope(bucket: Bucket, runId: string, envelope: Envelope): Promise<ArtifactRef> {
  const text = canonicalJson(envelope);
  const hash = sha256(text);
  await putText(bucket, objects.artifact(runId, hash), text, 'application/json');
  return { sha256: hash, bytes: Buffer.byteLength(text) };
}

/** @throws IdeaMineError `IdeaMine.Corrupt` when it is gone or its bytes are not those of its name. */
export async function getEnvelope(bucket: Bucket, runId: string, ref: ArtifactRef): Promise<Envelope> {
  const key = objects.artifact(runId, ref.sha256);
  const text = await getText(bucket, key);
  if (text === undefined) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is gone`);
  if (sha256(text) !== ref.sha256) throw new IdeaMineError('IdeaMine.Corrupt', `${key} is not what was written`);
  return JSON.parse(text) as Envelope;
}

/** For the transaction that hands the artifact on; refused when a newer attempt or round has made it. */
export function artifactItem(table: Table, row: ArtifactRow): WriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: { ...artifactKey(row.runId, row.type), ...row },
      ConditionExpression:
        'attribute_not_exists(pk) OR (phase = :phase AND (attempt < :attempt OR (attempt = :attempt AND #round <= :round)))',
      ExpressionAttributeNames: { '#round': 'round' },
      ExpressionAttributeValues: { ':phase': row.phase, ':attempt': row.attempt, ':round': row.round },
    },
  };
}

export const listArtifacts = (table: Table, runId: string): Promise<ArtifactRow[]> =>
  queryRows<ArtifactRow>(table, partition(runId), 'ARTIFACT#');
