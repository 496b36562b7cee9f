// `ideamine ledger verify RUNID|FILE`: recomputes the chain of a run's ledger and names the first broken entry.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { readLedger } from '../../store/ledger.ts';
import { RunFailed, UsageError } from '../exit.ts';
import { readUserFile } from '../files.ts';
import { homeAt } from '../home.ts';
import { lookBack } from '../reopen.ts';

export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('look after the append-only record of a run').exitOverride();
  ledger
    .command('verify')
    .description('recompute the hash chain of a run’s ledger')
    .argument('<run>', 'id of a run of this machine, or a ledger file (one entry a line)')
    .option('--json', 'print one JSON object')
    .exitOverride()
    .action((run: string, options: { json?: boolean }) => verify(run, options, program.opts<{ home: string }>().home));
}

async function verify(run: string, options: { json?: boolean }, homeDir: string): Promise<void> {
  const home = homeAt(homeDir);
  const entries = existsSync(run)
    ? readLedgerFile(run)
    : await lookBack<LedgerEntry[]>(home, (stage) => readLedger(stage.ledger, run), []);
  if (entries.length === 0) throw new UsageError(`there is no file and no run ${run} in ${home.dir}`);
  const check = verifyChain(entries);
  const open = check.ok && !isClosed(entries);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...check, closed: check.ok && !open })}\n`);
  else if (check.ok) {
    process.stdout.write(`ok: ${check.entries} entries, head ${check.head.hash}\n`);
    if (open) process.stdout.write(`${OPEN_END}\n`);
  }
  if (!check.ok) throw new RunFailed(`the ledger is broken: ${check.message}`);
}

const OPEN_END = 'not closed: the run is not over, or the end of its ledger is missing';

/** A chain cannot tell that its end was cut off; the entry that closes a run can. */
function isClosed(entries: readonly LedgerEntry[]): boolean {
  const last = entries.at(-1);
  return last?.kind === 'decision' && (last.body as { decided?: unknown }).decided === 'closed';
}

/** @throws UsageError naming the line that is not a ledger entry. */
function readLedgerFile(path: string): LedgerEntry[] {
  const text = new TextDecoder().decode(readUserFile(path, 'ledger, one entry a line'));
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, index) => {
    const where = `${path}:${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new UsageError(`${where}: found text that is not JSON, expected a ledger entry`);
    }
    if (typeof value !== 'object' || value === null || !('hash' in value) || !('seq' in value)) {
      throw new UsageError(`${where}: found ${line.slice(0, 40)}, expected a ledger entry with seq and hash`);
    }
    return value as LedgerEntry;
  });
}
