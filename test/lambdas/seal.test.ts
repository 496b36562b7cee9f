// The seal function: what the ledger holds is sealed once, in order, by whoever comes first, and never removed.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../core/ledger/signature.ts';
import { sealedFault, verifySeals } from '../../core/ledger/verify-seals.ts';
import { append } from '../../lambdas/ledger/append.ts';
import { type SealDeps, seal } from '../../lambdas/seal/seal.ts';
import { ledgerKey } from '../../store/keys.ts';
import { readLedger } from '../../store/ledger.ts';
import type { Bucket } from '../../store/objects.ts';
import { claimSeal, getSegment, lastSeal, listSeals } from '../../store/seals.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { quietLog } from './recorders.ts';

const SEALED = 'sealed';
const ALGORITHM = 'ED25519_SHA_512';
let tables: Tables;
let sealed: Bucket;
let deps: SealDeps;
let written: number;

beforeEach(async () => {
  tables = await openTables();
  const { world } = tables;
  await world.call('S3', 'CreateBucket', { Bucket: SEALED, ObjectLockEnabledForBucket: true });
  await world.call('S3', 'PutObjectLockConfiguration', {
    Bucket: SEALED,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
    },
  });
  await world.call('KMS', 'CreateKey', { KeyId: 'k', KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  sealed = { client: tables.bucket.client, name: SEALED };
  written = 0;
  deps = {
    table: tables.table,
    ledger: tables.ledger,
    sealed,
    sign: async (Message) => {
      const { PublicKey } = await world.call('KMS', 'GetPublicKey', { KeyId: 'k' });
      const signed = await world.call('KMS', 'Sign', { KeyId: 'k', Message, SigningAlgorithm: ALGORITHM });
      return signatureOf(PublicKey, signed.Signature);
    },
    now: () => at(100),
  };
});
afterEach(() => tables.world.close());

async function write(count: number): Promise<void> {
  const entries = Array.from({ length: count }, () => ({
    kind: 'decision' as const,
    who: 'a test',
    tool: { name: 't', version: '1' },
    inputs: [],
    body: { n: ++written },
  }));
  const row = { runId: 'r1', id: `item ${written}`, at: at(1), entries };
  await append({ table: tables.table, ledger: tables.ledger, publish: async () => {} }, row, undefined);
}

const check = async () => {
  const seals = await listSeals(sealed, 'r1');
  return { ...verifySeals(seals), fault: sealedFault(seals, await readLedger(tables.ledger, 'r1')) };
};

describe('seal', () => {
  it('seals what came since the last seal, with the entries themselves beside it', async () => {
    await write(3);
    await seal(deps, 'r1', quietLog);
    await write(2);
    await seal(deps, 'r1', quietLog);
    expect(await check()).toMatchObject({ ok: true, seals: 2, sealedTo: 5, fault: undefined });
    const [, second] = await listSeals(sealed, 'r1');
    const lines = (await getSegment(sealed, second?.statement as never)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([4, 5]);
  });

  it('makes no seal of nothing', async () => {
    await write(1);
    await seal(deps, 'r1', quietLog);
    await seal(deps, 'r1', quietLog);
    expect(await check()).toMatchObject({ ok: true, seals: 1 });
    await seal(deps, 'unknown', quietLog);
    expect(await listSeals(sealed, 'unknown')).toEqual([]);
  });

  it('seals nothing twice when two are called at once', async () => {
    await write(4);
    await Promise.all([seal(deps, 'r1', quietLog), seal(deps, 'r1', quietLog)]);
    expect(await check()).toMatchObject({ ok: true, sealedTo: 4, fault: undefined });
    const { Versions } = await tables.world.call('S3', 'ListObjectVersions', { Bucket: SEALED });
    expect(Versions).toHaveLength(2);
  });

  it('finishes the seal of one that died between its claim and the bucket', async () => {
    await write(2);
    const dying = { ...deps, sign: () => Promise.reject(new Error('the process is gone')) };
    await expect(seal(dying, 'r1', quietLog)).rejects.toThrow('the process is gone');
    expect(await listSeals(sealed, 'r1')).toEqual([]);
    await write(1);
    await seal(deps, 'r1', quietLog);
    expect(await check()).toMatchObject({ ok: true, seals: 2, sealedTo: 3, fault: undefined });
  });

  it('gives a number once', async () => {
    await write(1);
    await seal(deps, 'r1', quietLog);
    const first = await lastSeal(tables.table, 'r1');
    expect(await claimSeal(tables.table, first as never)).toBe(false);
  });

  it('refuses to seal entries that do not follow what was sealed', async () => {
    await write(2);
    await seal(deps, 'r1', quietLog);
    await write(1);
    const [, , third] = await readLedger(tables.ledger, 'r1');
    await overwrite(3, { ...third, who: 'somebody else' });
    await expect(seal(deps, 'r1', quietLog)).rejects.toMatchObject({ code: 'IdeaMine.LedgerBroken' });
  });

  it('keeps what proves that a sealed entry was overwritten behind the system’s back', async () => {
    await write(3);
    await seal(deps, 'r1', quietLog);
    const [, second] = await readLedger(tables.ledger, 'r1');
    await overwrite(2, { ...second, who: 'somebody else' });
    expect((await check()).fault).toBe('entries 1 to 3 are not what seal 1 was made of');
    const { Versions } = await tables.world.call('S3', 'ListObjectVersions', { Bucket: SEALED });
    for (const { Key, VersionId } of Versions) {
      const removal = tables.world.call('S3', 'DeleteObject', { Bucket: SEALED, Key, VersionId });
      await expect(removal).rejects.toMatchObject({ name: 'AccessDenied' });
    }
  });
});

async function overwrite(seq: number, entry: object): Promise<void> {
  const { PutCommand } = tables.world.sdk('@aws-sdk/lib-dynamodb');
  const Item = { ...ledgerKey('r1', seq), ...entry };
  await tables.ledger.documents.send(new PutCommand({ TableName: tables.ledger.name, Item }));
}
