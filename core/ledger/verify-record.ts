// Checks a run's whole record: the chain of its entries, its seals, and the one against the other. Needs nothing else, so it
// works on an export, long after the run and the account it ran in.

import type { LedgerEntry } from './entry.ts';
import type { Seal } from './seal.ts';
import { verifyChain } from './verify.ts';
import { sealedFault, verifySeals } from './verify-seals.ts';

export type RecordCheck =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly head: string;
      readonly seals: number;
      /** Number of the last entry that a seal covers; what comes after it stands on the chain alone. */
      readonly sealedTo: number;
      /** Fingerprint of the signing key; null when there is no seal or a seal is unsigned. */
      readonly signedBy: string | null;
      /** Whether the last entry closes the run: a chain without seals cannot tell that its end was cut off, this can. */
      readonly closed: boolean;
    }
  | { readonly ok: false; readonly message: string };

/** @param key fingerprint that seals must be signed by; without it, by whichever key signed the first. */
export function verifyRecord(
  entries: readonly LedgerEntry[],
  seals: readonly Seal[],
  expected: { readonly key?: string } = {},
): RecordCheck {
  const chain = verifyChain(entries);
  if (!chain.ok) return { ok: false, message: chain.message };
  const sealed = verifySeals(seals, expected);
  if (!sealed.ok) return sealed;
  if (expected.key !== undefined && seals.length === 0)
    return { ok: false, message: `there is no seal, expected seals signed by ${expected.key}` };
  const other = seals.find(({ statement }) => entries.length > 0 && statement.runId !== entries[0]?.runId);
  if (other !== undefined)
    return { ok: false, message: `the seals are of run ${other.statement.runId}, the entries of ${entries[0]?.runId}` };
  const fault = sealedFault(seals, entries);
  if (fault !== undefined) return { ok: false, message: fault };
  return {
    ok: true,
    entries: chain.entries,
    head: chain.head.hash,
    seals: sealed.seals,
    sealedTo: sealed.sealedTo,
    signedBy: seals.length === 0 ? null : sealed.signedBy,
    closed: closes(entries),
  };
}

/** After the close comes nothing but signatures. */
function closes(entries: readonly LedgerEntry[]): boolean {
  const last = entries.findLast(({ kind }) => kind !== 'signature');
  return last?.kind === 'decision' && (last.body as { decided?: unknown }).decided === 'closed';
}
