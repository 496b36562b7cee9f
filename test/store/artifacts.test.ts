// The index of artifacts: the newest attempt and round of the phase that makes a type stands, whoever writes last.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ArtifactRow, artifactItem, getEnvelope, listArtifacts, putEnvelope } from '../../store/artifacts.ts';
import { objects } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import { keepPayload, readPayload } from '../../store/payload.ts';
import { transact } from '../../store/table.ts';
import { at, openTables, type Tables } from './tables.ts';

let tables: Tables;
beforeEach(async () => {
  tables = await openTables();
});
afterEach(() => tables.world.close());

const row = (attempt: number, round = 1, phase = 'prd'): ArtifactRow => ({
  runId: 'r1',
  type: 'PRD',
  phase,
  attempt,
  round,
  sha256: String(attempt).repeat(64),
  bytes: 2,
  at: at(attempt),
});
const put = (...args: Parameters<typeof row>) => transact(tables.table, [artifactItem(tables.table, row(...args))]);
const standing = async () => (await listArtifacts(tables.table, 'r1')).map(({ attempt, round }) => [attempt, round]);

describe('artifactItem', () => {
  it('lets a newer attempt or round take the place of an older one, never the other way round', async () => {
    expect(await put(1)).toBe(true);
    expect(await put(2, 3)).toBe(true);
    expect(await put(1)).toBe(false);
    expect(await put(2, 2)).toBe(false);
    expect(await put(2, 3)).toBe(true);
    expect(await standing()).toEqual([[2, 3]]);
  });

  it('leaves a type to the phase that makes it', async () => {
    await put(1);
    expect(await put(9, 9, 'other')).toBe(false);
  });
});

describe('an envelope', () => {
  const envelope = {
    type: 'PRD',
    schemaVersion: 1 as const,
    madeBy: { phase: 'prd', agents: ['a'], provider: null, model: null },
    content: { b: 1, a: 2 },
  };

  it('is the same object for the same content, whatever the order of its keys', async () => {
    const one = await putEnvelope(tables.bucket, 'r1', envelope);
    const two = await putEnvelope(tables.bucket, 'r1', { ...envelope, content: { a: 2, b: 1 } });
    expect(two).toEqual(one);
    expect(await getEnvelope(tables.bucket, 'r1', one)).toEqual(envelope);
  });

  it('with one changed byte is noticed', async () => {
    const ref = await putEnvelope(tables.bucket, 'r1', envelope);
    await putText(tables.bucket, objects.artifact('r1', ref.sha256), '{"forged":true}', 'application/json');
    await expect(getEnvelope(tables.bucket, 'r1', ref)).rejects.toThrow(/is not what was written/);
  });
});

describe('keepPayload', () => {
  it('keeps up to 200 KiB in the row and the rest in the bucket, and notices a changed byte', async () => {
    const small = await keepPayload(tables.bucket, 'r1', 'x'.repeat(200 * 1024 - 2));
    const large = await keepPayload(tables.bucket, 'r1', 'x'.repeat(200 * 1024 - 1));
    expect('inline' in small).toBe(true);
    expect('key' in large).toBe(true);
    expect(await readPayload(tables.bucket, small)).toHaveLength(200 * 1024 - 2);
    expect(await readPayload(tables.bucket, large)).toHaveLength(200 * 1024 - 1);
    if (!('key' in large)) throw new Error('not in the bucket');
    await putText(tables.bucket, large.key, '"forged"', 'application/json');
    await expect(readPayload(tables.bucket, large)).rejects.toThrow(/is not what was kept/);
  });
});
