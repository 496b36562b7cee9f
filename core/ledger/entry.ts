// An entry of the ledger: what was done, by whom, with what, from what. Entries of a run are numbered and chained.
// The chain: `prev` is the hash of the entry before; `hash` covers every field of the entry but itself.

import { hashOf, type Json } from '../json.ts';

type EntryKind = 'task' | 'gate' | 'decision' | 'artifact' | 'cost' | 'signature';

/** What a writer leaves in the outbox; the ledger function makes it an entry. */
export interface LedgerEntryDraft {
  readonly kind: EntryKind;
  /** An agent, a function or a person. */
  readonly who: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** SHA-256, hex, of what went in. */
  readonly inputs: readonly string[];
  readonly body: Json;
}

export interface LedgerEntry extends LedgerEntryDraft {
  readonly runId: string;
  /** From 1, without gaps. */
  readonly seq: number;
  /** ISO time at which it happened, as its writer saw it. */
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
}

/** `prev` of the first entry. */
export const GENESIS = '0'.repeat(64);

/** Where a chain ends: enough to append to it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const emptyHead: Head = { seq: 0, hash: GENESIS };

export const headOf = (last: LedgerEntry | undefined): Head =>
  last === undefined ? emptyHead : { seq: last.seq, hash: last.hash };

/** The next entry of a run's chain. @throws BadInput when the draft holds what JSON cannot. */
export function chain(head: Head, runId: string, at: string, draft: LedgerEntryDraft): LedgerEntry {
  const { kind, who, tool, inputs, body } = draft;
  const unsigned = { runId, seq: head.seq + 1, kind, who, at, tool, inputs, body, prev: head.hash };
  return { ...unsigned, hash: hashOf(unsigned) };
}

/** SHA-256 over the canonical JSON of everything in the entry but `hash`, fields we do not know included. */
export function entryHash(entry: LedgerEntry): string {
  const { hash: _hash, ...unsigned } = entry;
  return hashOf(unsigned);
}
