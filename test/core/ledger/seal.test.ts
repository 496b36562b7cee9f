// Seals: whatever is changed of a sealed ledger, or of the seals themselves, is found.

import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LedgerEntry } from '../../../core/ledger/entry.ts';
import { nextStatement, type Seal, sealBytes, sealedHead, sealHash } from '../../../core/ledger/seal.ts';
import { signatureOf } from '../../../core/ledger/signature.ts';
import { verifyChain } from '../../../core/ledger/verify.ts';
import { sealedFault, verifySeals } from '../../../core/ledger/verify-seals.ts';
import { chainOf } from './chain-of.ts';

const AT = '2026-11-22T12:00:00.000Z';
const nine = chainOf(Array.from({ length: 9 }, () => ({})));
const runId = nine[0]?.runId as string;

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return (statement: Seal['statement']): Seal => ({
    statement,
    signature: signatureOf(der, sign(null, sealBytes(statement), privateKey)),
  });
};

const ours = keyPair();
const theirs = keyPair();

function sealsOf(signed: (statement: Seal['statement']) => Seal): Seal[] {
  const seals: Seal[] = [];
  for (const [from, to] of [
    [0, 4],
    [4, 5],
    [5, 9],
  ] as const) {
    seals.push(signed(nextStatement(runId, seals.at(-1)?.statement, nine.slice(from, to), AT)));
  }
  return seals;
}

let seals: Seal[];
beforeAll(() => {
  seals = sealsOf(ours);
});

const withStatement = (index: number, change: Partial<Seal['statement']>): Seal[] =>
  seals.map((seal, at) => (at === index ? { ...seal, statement: { ...seal.statement, ...change } } : seal));

describe('seals', () => {
  it('cover the ledger without gaps, each following the one before, signed by one key', () => {
    expect(verifySeals(seals)).toEqual({
      ok: true,
      seals: 3,
      sealedTo: 9,
      head: nine.at(-1)?.hash,
      signedBy: seals[0]?.signature?.fingerprint,
    });
    expect(sealedFault(seals, nine)).toBeUndefined();
    expect(seals[1]?.statement.previous).toBe(sealHash(seals[0]?.statement as Seal['statement']));
  });

  it('let the chain go on from where they stand', () => {
    const head = sealedHead(seals[1]?.statement);
    expect(verifyChain(nine.slice(5), undefined, head)).toMatchObject({ ok: true, entries: 4 });
    expect(verifyChain(nine.slice(6), undefined, head)).toMatchObject({ ok: false, position: 6 });
  });

  it('say that they are unsigned where there was no key', () => {
    const unsigned = sealsOf((statement) => ({ statement, signature: null }));
    expect(verifySeals(unsigned)).toMatchObject({ ok: true, signedBy: null });
    expect(verifySeals(unsigned, { key: 'f'.repeat(64) })).toMatchObject({ ok: false });
  });
});

describe('what is not as it was sealed is named', () => {
  it.each<[string, () => Seal[], RegExp]>([
    ['a changed head', () => withStatement(1, { head: 'f'.repeat(64) }), /seal 2 is not what was signed/],
    ['a changed time', () => withStatement(0, { at: '2026-11-23T00:00:00.000Z' }), /seal 1 is not what was signed/],
    ['a seal of another run', () => withStatement(1, { runId: 'other' }), /seal 2 belongs to run other/],
    ['a missing seal', () => seals.filter((_, at) => at !== 1), /seal 2 is not the next one: found number 3/],
    ['a missing beginning', () => seals.slice(1), /seal 1 is not the next one/],
    ['a seal without its signature', () => seals.map((seal) => ({ ...seal, signature: null })), /seal 1 is not signed/],
    ['a chain of seals by another key', () => sealsOf(theirs), /seal 1 is signed by/],
  ])('%s', (_, doctored, message) => {
    const key = seals[0]?.signature?.fingerprint;
    expect(verifySeals(doctored(), { key })).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  it('a seal in the middle that another key has signed', () => {
    const doctored = seals.map((seal, at) => (at === 1 ? theirs(seal.statement) : seal));
    expect(verifySeals(doctored)).toMatchObject({ ok: false, message: expect.stringMatching(/seal 2 is signed by/) });
  });

  it('a ledger whose end was cut off, which its chain alone cannot tell', () => {
    const cut = nine.slice(0, 7);
    expect(verifyChain(cut)).toMatchObject({ ok: true });
    expect(sealedFault(seals, cut)).toBe('entry 8 is missing: seal 3 covers 6 to 9');
  });

  it('a ledger written anew, whose chain is whole', () => {
    const rewritten = chainOf(Array.from({ length: 9 }, (_, n) => (n === 4 ? { who: 'somebody else' } : {})));
    expect(verifyChain(rewritten)).toMatchObject({ ok: true });
    expect(sealedFault(seals, rewritten)).toBe('entries 5 to 5 are not what seal 2 was made of');
  });

  it('any one changed character of any entry', () => {
    fc.assert(
      fc.property(fc.nat({ max: 8 }), fc.nat(), fc.integer({ min: 1, max: 200 }), (index, place, by) => {
        const text = JSON.stringify(nine[index]);
        const at = place % text.length;
        const flipped = text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) + by) % 256) + text.slice(at + 1);
        fc.pre(flipped !== text);
        let changed: LedgerEntry;
        try {
          changed = JSON.parse(flipped) as LedgerEntry;
        } catch {
          return;
        }
        const entries = nine.map((entry, one) => (one === index ? changed : entry));
        expect(verifyChain(entries).ok && sealedFault(seals, entries) === undefined).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
