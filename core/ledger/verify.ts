// Checks a run's chain and names the first broken entry and how it is broken.

import { emptyHead, entryHash, type Head, type LedgerEntry } from './entry.ts';

/**
 * `number`: an entry is missing, doubled or out of order. `run`: it belongs to another run. `previous`: it does not
 * follow the entry before it. `content`: it is not what was hashed. `head`: the chain ends elsewhere than recorded.
 */
type ChainFault = 'number' | 'run' | 'previous' | 'content' | 'head';

export type ChainCheck =
  | { readonly ok: true; readonly entries: number; readonly head: Head }
  | {
      readonly ok: false;
      readonly fault: ChainFault;
      /** Position from 1 of the first broken entry; one after the last when the end is missing. */
      readonly position: number;
      readonly found: string;
      readonly expected: string;
      readonly message: string;
    };

/**
 * @param entries in order of number, from 1 or from the one after `before`.
 * @param recorded the head as another store keeps it; without it a chain whose end was cut off looks whole.
 * @param before where the entries go on from, when they are not the first.
 */
export function verifyChain(entries: readonly LedgerEntry[], recorded?: Head, before: Head = emptyHead): ChainCheck {
  let head = before;
  const runId = entries[0]?.runId;
  for (const [index, entry] of entries.entries()) {
    const position = before.seq + index + 1;
    const broken = (fault: ChainFault, found: unknown, expected: unknown, what: string): ChainCheck => ({
      ok: false,
      fault,
      position,
      found: String(found),
      expected: String(expected),
      message: `entry ${position} ${what}: found ${found}, expected ${expected}`,
    });
    if (entry.seq !== position) return broken('number', entry.seq, position, 'is not the next number');
    if (entry.runId !== runId) return broken('run', entry.runId, runId, 'belongs to another run');
    if (entry.prev !== head.hash) return broken('previous', entry.prev, head.hash, 'does not follow the one before it');
    const hash = hashSafely(entry);
    if (entry.hash !== hash)
      return broken('content', hash, entry.hash, 'is not what was recorded: its content hash differs');
    head = { seq: entry.seq, hash: entry.hash };
  }
  if (recorded !== undefined && (recorded.seq !== head.seq || recorded.hash !== head.hash)) {
    const found = `entry ${head.seq} (${head.hash})`;
    const expected = `entry ${recorded.seq} (${recorded.hash})`;
    const message = `the chain does not end where its head was recorded: found ${found}, expected ${expected}`;
    return { ok: false, fault: 'head', position: Math.min(head.seq, recorded.seq) + 1, found, expected, message };
  }
  return { ok: true, entries: entries.length, head };
}

function hashSafely(entry: LedgerEntry): string {
  try {
    return entryHash(entry);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
