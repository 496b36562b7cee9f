// Seals: what fixes a ledger from outside the ledger's own table. A seal covers the entries since the seal before it (its
// segment), names the head of the chain there, follows the seal before it by hash, and is signed. Segments and seals are kept
// where nobody can remove them, so a ledger that was changed, cut off or expired can be told by them.

import { canonicalJson, hashOf, sha256 } from '../json.ts';
import type { Head, LedgerEntry } from './entry.ts';
import { GENESIS } from './entry.ts';
import type { Signature } from './signature.ts';

export interface SealStatement {
  readonly format: 'ideamine.seal/1';
  readonly runId: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** The entries `from` to `to`, as lines of canonical JSON. */
  readonly segment: { readonly from: number; readonly to: number; readonly bytes: number; readonly sha256: string };
  /** Hash of the last entry of the segment. */
  readonly head: string;
  /** Hash of the statement before; zeros for the first. */
  readonly previous: string;
  /** ISO time it was made at. */
  readonly at: string;
}

export interface Seal {
  readonly statement: SealStatement;
  /** Null where a stage was deployed without a signing key. */
  readonly signature: Signature | null;
}

/** One canonical entry a line. */
export const segmentText = (entries: readonly LedgerEntry[]): string =>
  entries.map((entry) => `${canonicalJson(entry)}\n`).join('');

/** What is signed. */
export const sealBytes = (statement: SealStatement): Uint8Array => Buffer.from(canonicalJson(statement));

export const sealHash = (statement: SealStatement): string => hashOf(statement);

/** Where the chain stands after a seal; the chain's beginning without one. */
export const sealedHead = (last: SealStatement | undefined): Head =>
  last === undefined ? { seq: 0, hash: GENESIS } : { seq: last.segment.to, hash: last.head };

/** The next seal of a run. @param entries those after `last`, at least one, in order. */
export function nextStatement(
  runId: string,
  last: SealStatement | undefined,
  entries: readonly LedgerEntry[],
  at: string,
): SealStatement {
  const [first] = entries;
  const end = entries.at(-1);
  if (first === undefined || end === undefined) throw new RangeError('a seal covers at least one entry');
  const text = segmentText(entries);
  return {
    format: 'ideamine.seal/1',
    runId,
    number: (last?.number ?? 0) + 1,
    segment: { from: first.seq, to: end.seq, bytes: Buffer.byteLength(text), sha256: sha256(text) },
    head: end.hash,
    previous: last === undefined ? GENESIS : sealHash(last),
    at,
  };
}
