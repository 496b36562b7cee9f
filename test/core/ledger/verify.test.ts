import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryHash, GENESIS, headOf, type LedgerEntry } from '../../../core/ledger/entry.ts';
import { verifyChain } from '../../../core/ledger/verify.ts';
import { chainOf } from './chain-of.ts';

const five = chainOf([{}, { kind: 'cost' }, { kind: 'gate' }, { kind: 'decision' }, { kind: 'artifact' }]);
const changed = (index: number, change: Partial<LedgerEntry>): LedgerEntry[] =>
  five.map((entry, at) => (at === index ? { ...entry, ...change } : entry));

describe('chain', () => {
  it('numbers from 1 and links every entry to the one before it', () => {
    expect(five.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(five[0]?.prev).toBe(GENESIS);
    five.slice(1).forEach((entry, index) => {
      expect(entry.prev).toBe(five[index]?.hash);
    });
  });

  it('is whole, and says where it ends', () => {
    expect(verifyChain(five)).toEqual({ ok: true, entries: 5, head: headOf(five.at(-1)) });
    expect(verifyChain([])).toEqual({ ok: true, entries: 0, head: { seq: 0, hash: GENESIS } });
  });

  it('does not depend on the order in which a store gives the fields back', () => {
    const reversed = five.map((entry) => Object.fromEntries(Object.entries(entry).reverse()) as unknown as LedgerEntry);
    expect(verifyChain(reversed)).toMatchObject({ ok: true });
  });
});

describe('verifyChain names the first broken entry and how it is broken', () => {
  it.each<[string, LedgerEntry[], string, number]>([
    ['a changed body', changed(2, { body: { step: 2, note: 'as it never was' } }), 'content', 3],
    ['a changed author', changed(1, { who: 'agent:other' }), 'content', 2],
    ['a changed kind', changed(1, { kind: 'decision' }), 'content', 2],
    ['a changed time', changed(0, { at: '2026-11-22T12:00:01.000Z' }), 'content', 1],
    ['a changed tool', changed(3, { tool: { name: 'ideamine', version: '9' } }), 'content', 4],
    ['changed inputs', changed(3, { inputs: [] }), 'content', 4],
    ['a changed hash', changed(2, { hash: 'f'.repeat(64) }), 'content', 3],
    ['a changed link', changed(2, { prev: 'f'.repeat(64) }), 'previous', 3],
    ['a changed number', changed(2, { seq: 7 }), 'number', 3],
    ['an added field', changed(4, { extra: true } as never), 'content', 5],
    ['a body that is no JSON', changed(4, { body: Number.NaN }), 'content', 5],
    ['a removed entry', five.filter((_, index) => index !== 2), 'number', 3],
    ['a doubled entry', [...five.slice(0, 2), ...five.slice(1)], 'number', 3],
    ['two entries exchanged', [five[0], five[2], five[1], five[3], five[4]] as LedgerEntry[], 'number', 2],
    ['a removed beginning', five.slice(1), 'number', 1],
  ])('%s', (_, entries, fault, position) => {
    const check = verifyChain(entries);
    expect(check).toMatchObject({ ok: false, fault, position });
    expect((check as { message: string }).message).toMatch(/^entry \d+ .*: found .*, expected /);
  });

  it('an entry of another run, however well it is forged', () => {
    const forged: LedgerEntry = { ...(five[3] as LedgerEntry), runId: 'run-2' };
    const entries = [...five.slice(0, 3), { ...forged, hash: entryHash(forged) }];
    expect(verifyChain(entries)).toMatchObject({ ok: false, fault: 'run', position: 4 });
  });

  it('a forged entry whose hash was made anew, at the one after it', () => {
    const forged: LedgerEntry = { ...(five[1] as LedgerEntry), who: 'agent:other' };
    const entries = five.map((entry, index) => (index === 1 ? { ...forged, hash: entryHash(forged) } : entry));
    expect(verifyChain(entries)).toMatchObject({ ok: false, fault: 'previous', position: 3 });
  });

  it('a cut off end, when the head was recorded elsewhere', () => {
    const cut = five.slice(0, 3);
    expect(verifyChain(cut)).toMatchObject({ ok: true });
    expect(verifyChain(cut, headOf(five.at(-1)))).toMatchObject({ ok: false, fault: 'head', position: 4 });
  });

  it('a forged last entry, when the head was recorded elsewhere', () => {
    const forged: LedgerEntry = { ...(five[4] as LedgerEntry), who: 'agent:other' };
    const entries = [...five.slice(0, 4), { ...forged, hash: entryHash(forged) }];
    expect(verifyChain(entries, headOf(five.at(-1)))).toMatchObject({ ok: false, fault: 'head' });
  });

  it('any one changed character of its JSON', () => {
    const lines = five.map((entry) => JSON.stringify(entry));
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.constantFrom('0', 'z', '"', ' ', '}', '\u0000'), (at, place, character) => {
        const line = lines[at] as string;
        const index = place % line.length;
        const tampered = line.slice(0, index) + character + line.slice(index + 1);
        let entry: LedgerEntry;
        try {
          entry = JSON.parse(tampered) as LedgerEntry;
        } catch {
          return; // No longer JSON: a reader sees that by itself.
        }
        if (JSON.stringify(entry) === line) return;
        expect(verifyChain(five.map((one, position) => (position === at ? entry : one)))).toMatchObject({ ok: false });
      }),
      { numRuns: 2000 },
    );
  });
});
