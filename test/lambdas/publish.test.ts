// The publish function: a PDF that is one, a bill of materials, and a proof that names every file as it is.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { open } from '../../core/dossier/attestation.ts';
import { buildDossier } from '../../core/dossier/build.ts';
import { dossierJson } from '../../core/dossier/bytes.ts';
import { pdfDocument } from '../../core/dossier/pdf/document.ts';
import { type Json, sha256 } from '../../core/json.ts';
import { signatureOf } from '../../core/ledger/signature.ts';
import { type PublishDeps, publish } from '../../lambdas/publish/publish.ts';
import { typeset } from '../../lambdas/publish/typeset.ts';
import { objects, partition } from '../../store/keys.ts';
import { getBytes, getText, putText } from '../../store/objects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { endRun, getRun } from '../../store/runs.ts';
import { queryRows } from '../../store/table.ts';
import { artifact, COVERAGE, IDEA_SPEC, PRD, sourceOf } from '../core/dossier/source-of.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { quietLog } from './recorders.ts';
import { EXECUTION, openSmallRun } from './small-run.ts';

const SBOM = artifact('SBOM', { document: { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] } as Json });
const dossier = buildDossier(sourceOf({ artifacts: [COVERAGE, PRD, IDEA_SPEC, SBOM] }));
const json = dossierJson(dossier);

let tables: Tables;
let deps: PublishDeps;
beforeEach(async () => {
  tables = await openTables();
  const { world } = tables;
  await world.call('KMS', 'CreateKey', { KeyId: 'k', KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  await openSmallRun(tables);
  deps = {
    table: tables.table,
    bucket: tables.bucket,
    sign: async (Message) => {
      const { PublicKey } = await world.call('KMS', 'GetPublicKey', { KeyId: 'k' });
      const signed = await world.call('KMS', 'Sign', { KeyId: 'k', Message, SigningAlgorithm: 'ED25519_SHA_512' });
      return signatureOf(PublicKey, signed.Signature);
    },
    now: () => at(200),
  };
});
afterEach(() => tables.world.close());

const file = async (name: string): Promise<Buffer> => {
  const found = await getBytes(tables.bucket, objects.dossier('r1', name), 10_000_000);
  return Buffer.from(found?.bytes ?? new Uint8Array());
};

async function close(text = json): Promise<void> {
  const keys = { json: objects.dossier('r1', 'dossier.json'), html: objects.dossier('r1', 'dossier.html') };
  await putText(tables.bucket, keys.json, text, 'application/json');
  await putText(tables.bucket, keys.html, '<!doctype html>', 'text/html');
  const made = { ...keys, sha256: sha256(text) };
  const end = { executionArn: EXECUTION, status: 'SUCCEEDED', at: at(100), cause: 'finished', dossier: made } as const;
  expect(await endRun(tables.table, 'r1', end, { id: 'run.closed.1', at: at(100) })).toBe(true);
}

const published = async () =>
  (await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#')).filter(({ id }) =>
    id.startsWith('run.published'),
  );

describe('publish', () => {
  it('makes every file, and a proof that names each by its hash and is signed', async () => {
    await close();
    await publish(deps, 'r1', quietLog);
    expect((await file('dossier.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(JSON.parse((await file('sbom.cdx.json')).toString())).toMatchObject({ bomFormat: 'CycloneDX' });
    const lines = (await file('proof.intoto.jsonl')).toString().trimEnd().split('\n');
    const opened = lines.map((line) => open(JSON.parse(line)));
    expect(opened.map((one) => 'statement' in one && one.statement.predicateType)).toEqual([
      'https://slsa.dev/provenance/v1',
      'https://in-toto.io/attestation/test-result/v0.1',
    ]);
    for (const one of opened) {
      if (!('statement' in one)) throw new Error(one.fault);
      expect(one.signedBy).toMatch(/^[0-9a-f]{64}$/);
      const named = one.statement.subject.map(({ name }) => name);
      expect(named).toEqual(['dossier.json', 'dossier.html', 'dossier.pdf', 'sbom.cdx.json']);
      for (const { name, digest } of one.statement.subject) expect(digest.sha256).toBe(sha256(await file(name)));
    }
  });

  it('counts a gate that was only advised as a warning', async () => {
    await close();
    await publish(deps, 'r1', quietLog);
    const [, line] = (await getText(tables.bucket, objects.dossier('r1', 'proof.intoto.jsonl')))?.split('\n') ?? [];
    const opened = open(JSON.parse(line as string));
    expect('statement' in opened && opened.statement.predicate).toMatchObject({
      result: 'WARNED',
      passedTests: ['intake'],
      warnedTests: ['build'],
      failedTests: [],
    });
  });

  it('tells the ledger once, whatever is called again, and makes the same bytes', async () => {
    await close();
    await publish(deps, 'r1', quietLog);
    const before = await Promise.all(['dossier.pdf', 'proof.intoto.jsonl'].map(file));
    await publish({ ...deps, now: () => at(500) }, 'r1', quietLog);
    expect(await Promise.all(['dossier.pdf', 'proof.intoto.jsonl'].map(file))).toEqual(before);
    expect(await published()).toMatchObject([
      { entries: [{ kind: 'signature', body: { of: 'dossier' } }], events: [{ type: 'run.published' }] },
    ]);
    expect((await getRun(tables.table, 'r1'))?.published?.dossier).toBe(sha256(json));
  });

  it('says that the proof is unsigned where there is no key', async () => {
    await close();
    await publish({ ...deps, sign: null }, 'r1', quietLog);
    const [line] = (await file('proof.intoto.jsonl')).toString().split('\n');
    expect(open(JSON.parse(line as string))).toMatchObject({ signedBy: null });
  });

  it('leaves a run alone that goes on', async () => {
    await publish(deps, 'r1', quietLog);
    expect(await published()).toEqual([]);
  });

  it('publishes no dossier that is not the one the run was closed with', async () => {
    await close();
    await putText(
      tables.bucket,
      objects.dossier('r1', 'dossier.json'),
      json.replace('shed', 'barn'),
      'application/json',
    );
    await publish(deps, 'r1', quietLog);
    expect(await published()).toEqual([]);
  });
});

describe('typeset', () => {
  it('gives the same bytes for the same dossier, and loads nothing', async () => {
    const document = pdfDocument(dossier);
    expect(Buffer.from(await typeset(document)).equals(Buffer.from(await typeset(document)))).toBe(true);
    const remote = { ...document, content: [{ image: 'https://elsewhere.example/x.png' }] };
    await expect(typeset(remote)).rejects.toThrow();
    await expect(typeset({ ...document, content: [{ image: '/etc/hostname' }] })).rejects.toThrow();
  });
});
