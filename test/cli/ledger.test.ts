// `ideamine ledger`: a run's record checks out offline from its files, and whatever is done to them is found and named.

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyDossier } from '../../core/dossier/verify.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'clinic-no-shows.md');
const PIPELINE = join(repository, 'examples', 'pipelines', 'sequential.yaml');

interface Verified {
  readonly ok: boolean;
  readonly entries: number;
  readonly sealedTo: number;
  readonly seals: number;
  readonly signedBy: string | null;
  readonly closed: boolean;
  readonly message?: string;
}

let home: TestHome;
let ledger: string;
beforeAll(async () => {
  home = newHome();
  const run = ['run', IDEA, '--offline', '--json', '--gates', 'advise', '--pipeline', PIPELINE, '--name', 'the-run'];
  ledger = lastJson<{ ledger: string }>(await ideamine(home, ...run)).ledger;
}, 120_000);
afterAll(() => home.remove());

/** The record's two files in a folder of their own, changed. */
function doctored(name: string, file: 'ledger.jsonl' | 'seals.jsonl', change: (text: string) => string): string {
  const dir = join(home.dir, name);
  cpSync(join(ledger, '..'), dir, { recursive: true });
  const path = join(dir, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
  return join(dir, 'ledger.jsonl');
}

const verify = async (...args: string[]): Promise<Verified & { code: number | null; stderr: string }> => {
  const ended = await ideamine(home, 'ledger', 'verify', ...args, '--json');
  const check = ended.stdout === '' ? {} : lastJson<Verified>(ended);
  return { ...(check as Verified), code: ended.code, stderr: ended.stderr };
};

describe('ledger verify', () => {
  it('finds a run closed, and sealed and signed to its last entry', async () => {
    const check = await verify('the-run');
    expect(check).toMatchObject({ ok: true, closed: true, code: 0, signedBy: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(check.sealedTo).toBe(check.entries);
    expect(check.seals).toBeGreaterThan(1);
    const plain = await ideamine(home, 'ledger', 'verify', 'the-run');
    expect(plain.stdout).toContain(`sealed to entry ${check.entries} in ${check.seals} seals, signed by key`);
  });

  it('checks the files that were handed over, with the key named', async () => {
    const { signedBy } = await verify('the-run');
    expect(await verify(ledger, '--key', signedBy as string)).toMatchObject({ ok: true, closed: true, code: 0 });
  });

  it('finds an end that was cut off', async () => {
    const cut = doctored('cut', 'ledger.jsonl', (text) => `${text.trimEnd().split('\n').slice(0, -2).join('\n')}\n`);
    const check = await verify(cut);
    expect(check).toMatchObject({ ok: false, code: 1 });
    expect(check.message).toMatch(/^entry \d+ is missing: seal \d+ covers/);
  });

  it('finds a seal that was changed, one that was dropped, and one by another key', async () => {
    const changed = doctored('changed', 'seals.jsonl', (text) =>
      text.replace('"number":2', '"number":2 ').replace(/"at":"2/, '"at":"1'),
    );
    expect((await verify(changed)).message).toMatch(/^seal 1 is not what was signed/);
    const dropped = doctored('dropped', 'seals.jsonl', (text) => text.slice(text.indexOf('\n') + 1));
    expect((await verify(dropped)).message).toMatch(/^seal 1 is not the next one/);
    const other = await verify(ledger, '--key', 'f'.repeat(64));
    expect(other).toMatchObject({
      code: 1,
      message: expect.stringMatching(/^seal 1 is signed by [0-9a-f]{64}, expected f/),
    });
  });

  it('says of a ledger without seals that nothing outside of it vouches for it', async () => {
    const bare = join(home.dir, 'bare.jsonl');
    writeFileSync(bare, readFileSync(ledger));
    const plain = await ideamine(home, 'ledger', 'verify', bare);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('not sealed') });
    expect(await verify(bare, '--key', 'f'.repeat(64))).toMatchObject({ code: 1 });
  });

  it('names what it cannot read', async () => {
    const newer = doctored('newer', 'seals.jsonl', (text) => text.replace('ideamine.seal/1', 'ideamine.seal/9'));
    expect(await verify(newer)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/seals\.jsonl:1: found a seal of format ideamine\.seal\/9, this version reads/),
    });
    const cut = doctored('half', 'ledger.jsonl', (text) => text.slice(0, -20));
    expect(await verify(cut)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/ledger\.jsonl:\d+: found text/),
    });
    expect(await verify('the-run', '--key', 'abc')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--key'),
    });
  });
});

describe('verify', () => {
  const names = () => readdirSync(join(ledger, '..')).sort();

  it('says what it checked, and by whom it was signed', async () => {
    const ended = await ideamine(home, 'verify', join(ledger, '..'));
    expect(ended.code).toBe(0);
    expect(ended.stdout).not.toContain('BROKEN');
    expect(ended.stdout).toMatch(/signed by key [0-9a-f]{64}\n/);
    const key = /signed by key ([0-9a-f]{64})/.exec(ended.stdout)?.[1] as string;
    expect((await ideamine(home, 'verify', join(ledger, '..', 'dossier.json'), '--key', key)).code).toBe(0);
    const other = await ideamine(home, 'verify', join(ledger, '..'), '--key', 'f'.repeat(64));
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('the dossier does not verify') });
  });

  it('finds any one byte changed, added or taken, in every file', () => {
    const whole = new Map(names().map((name) => [name, new Uint8Array(readFileSync(join(ledger, '..', name)))]));
    expect([...whole.keys()]).toEqual(
      expect.arrayContaining([
        'dossier.json',
        'dossier.html',
        'dossier.pdf',
        'ledger.jsonl',
        'seals.jsonl',
        'proof.intoto.jsonl',
      ]),
    );
    expect(verifyDossier(whole).ok).toBe(true);
    for (const [name, bytes] of whole) {
      const places = [
        0,
        bytes.length - 1,
        ...Array.from({ length: 12 }, (_, n) => Math.floor((bytes.length * (n + 0.5)) / 12)),
      ];
      for (const place of places) {
        const changed = bytes.slice();
        changed[place] = (changed[place] as number) ^ 1;
        expect([name, place, verifyDossier(new Map(whole).set(name, changed)).ok]).toEqual([name, place, false]);
      }
      const longer = Uint8Array.of(...bytes, 0x20);
      expect([name, verifyDossier(new Map(whole).set(name, longer)).ok]).toEqual([name, false]);
      expect([name, verifyDossier(new Map(whole).set(name, bytes.slice(0, -1))).ok]).toEqual([name, false]);
      const without = new Map(whole);
      without.delete(name);
      expect([name, verifyDossier(without).ok]).toEqual([name, false]);
    }
    expect(verifyDossier(new Map(whole).set('extra.txt', new Uint8Array(3))).ok).toBe(false);
  });

  it('knows what is no dossier', async () => {
    expect(await ideamine(home, 'verify', home.dir)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no dossier.json'),
    });
    expect(await ideamine(home, 'verify', join(home.dir, 'nothing'))).toMatchObject({ code: 2 });
  });
});

describe('ledger export', () => {
  it('writes the files that verify elsewhere', async () => {
    const out = join(home.dir, 'exported');
    const ended = await ideamine(home, 'ledger', 'export', 'the-run', '--out', out, '--json');
    expect(lastJson<{ ledger: string }>(ended)).toMatchObject({ ledger: join(out, 'ledger.jsonl') });
    expect(existsSync(join(out, 'seals.jsonl'))).toBe(true);
    expect(readFileSync(join(out, 'ledger.jsonl'), 'utf8')).toBe(readFileSync(ledger, 'utf8'));
    expect(await verify(join(out, 'ledger.jsonl'))).toMatchObject({ ok: true, closed: true });
  });

  it('knows no run that is not there', async () => {
    const ended = await ideamine(home, 'ledger', 'export', 'nobody');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('no run nobody') });
  });
});
