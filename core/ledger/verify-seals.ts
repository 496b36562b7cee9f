// Checks a run's seals, and a ledger against them: which entries are sealed, and the first thing that is not as it was sealed.

import { sha256 } from '../json.ts';
import { GENESIS, type LedgerEntry } from './entry.ts';
import { type Seal, sealBytes, sealHash, segmentText } from './seal.ts';
import { signatureFault } from './signature.ts';

export type SealCheck =
  | {
      readonly ok: true;
      readonly seals: number;
      /** Number of the last sealed entry. */
      readonly sealedTo: number;
      readonly head: string;
      /** Fingerprint of the key that signed; null when a seal is unsigned. */
      readonly signedBy: string | null;
    }
  | { readonly ok: false; readonly message: string };

export interface SealExpectations {
  /** Fingerprint the signatures must be by; without it the key that the first seal names is taken. */
  readonly key?: string;
}

/** @param seals in order of number, from 1. */
export function verifySeals(seals: readonly Seal[], expected: SealExpectations = {}): SealCheck {
  let previous = GENESIS;
  let from = 1;
  let key = expected.key;
  let unsigned = false;
  for (const [index, { statement, signature }] of seals.entries()) {
    const number = index + 1;
    const broken = (what: string): SealCheck => ({ ok: false, message: `seal ${number} ${what}` });
    if (statement.number !== number) return broken(`is not the next one: found number ${statement.number}`);
    if (statement.runId !== seals[0]?.statement.runId) return broken(`belongs to run ${statement.runId}`);
    if (statement.previous !== previous) return broken('does not follow the one before it');
    if (statement.segment.from !== from) return broken(`begins at entry ${statement.segment.from}, expected ${from}`);
    if (statement.segment.to < from) return broken('covers no entry');
    if (signature === null) {
      if (expected.key !== undefined) return broken(`is not signed, expected a signature by ${expected.key}`);
      unsigned = true;
    } else {
      const fault = signatureFault(sealBytes(statement), signature);
      if (fault !== undefined) return broken(`is not what was signed: ${fault}`);
      key ??= signature.fingerprint;
      if (signature.fingerprint !== key) return broken(`is signed by ${signature.fingerprint}, expected ${key}`);
    }
    previous = sealHash(statement);
    from = statement.segment.to + 1;
  }
  const head = seals.at(-1)?.statement.head ?? GENESIS;
  return { ok: true, seals: seals.length, sealedTo: from - 1, head, signedBy: unsigned ? null : (key ?? null) };
}

/**
 * Whether a ledger holds what its seals say. Entries after the last seal are the chain's matter alone.
 * @returns what is wrong, naming the first entry it concerns; undefined when nothing is.
 */
export function sealedFault(seals: readonly Seal[], entries: readonly LedgerEntry[]): string | undefined {
  for (const { statement } of seals) {
    const { from, to } = statement.segment;
    if (entries.length < to)
      return `entry ${entries.length + 1} is missing: seal ${statement.number} covers ${from} to ${to}`;
    const text = segmentText(entries.slice(from - 1, to));
    if (sha256(text) !== statement.segment.sha256)
      return `entries ${from} to ${to} are not what seal ${statement.number} was made of`;
  }
  return undefined;
}
