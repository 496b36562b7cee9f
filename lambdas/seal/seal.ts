// Seals what the ledger of a run holds since the last seal. The role that does it can neither put into the ledger nor
// remove what was sealed, and the role that puts into the ledger cannot seal: to rewrite a run's past takes both.

import { IdeaMineError, Transient } from '../../core/errors.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { nextStatement, type SealStatement, sealBytes, sealedHead, segmentText } from '../../core/ledger/seal.ts';
import type { Sign } from '../../core/ledger/signature.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { readLedger } from '../../store/ledger.ts';
import type { Bucket } from '../../store/objects.ts';
import { claimSeal, getSeal, lastSeal, putSeal } from '../../store/seals.ts';
import type { Table } from '../../store/table.ts';
import type { Log } from '../serve.ts';

export interface SealDeps {
  readonly table: Table;
  readonly ledger: Table;
  /** Bucket of sealed things. */
  readonly sealed: Bucket;
  /** Null: there is no key, and seals say that they are unsigned. */
  readonly sign: Sign | null;
  readonly now: () => string;
}

const AGAIN = 5;

/**
 * Called again, or by two at once, it seals nothing twice.
 * @throws IdeaMineError `IdeaMine.LedgerBroken` when the entries do not follow what was sealed before.
 */
export async function seal(deps: SealDeps, runId: string, log: Log): Promise<void> {
  for (let turn = 0; turn < AGAIN; turn += 1) {
    const last = await lastSeal(deps.table, runId);
    // Whoever claimed the last number may have died before the bucket had it.
    if (last !== undefined) await finish(deps, last);
    const entries = await readLedger(deps.ledger, runId, { after: last?.segment.to ?? 0 });
    if (entries.length === 0) return;
    checkChain(runId, last, entries);
    const statement = nextStatement(runId, last, entries, deps.now());
    if (await claimSeal(deps.table, statement)) {
      await put(deps, statement, entries);
      log.info('sealed', { number: statement.number, to: statement.segment.to });
      return;
    }
  }
  throw new Transient(`the seals of run ${runId} are being made by others`);
}

async function finish(deps: SealDeps, last: SealStatement): Promise<void> {
  if ((await getSeal(deps.sealed, last.runId, last.number)) !== undefined) return;
  const { from, to } = last.segment;
  const entries = await readLedger(deps.ledger, last.runId, { after: from - 1, limit: to - from + 1 });
  await put(deps, last, entries);
}

async function put(deps: SealDeps, statement: SealStatement, entries: readonly LedgerEntry[]): Promise<void> {
  const signature = deps.sign === null ? null : await deps.sign(sealBytes(statement));
  await putSeal(deps.sealed, { statement, signature }, segmentText(entries));
}

function checkChain(runId: string, last: SealStatement | undefined, entries: readonly LedgerEntry[]): void {
  const check = verifyChain(entries, undefined, sealedHead(last));
  if (check.ok) return;
  throw new IdeaMineError('IdeaMine.LedgerBroken', `the ledger of run ${runId} cannot be sealed: ${check.message}`);
}
