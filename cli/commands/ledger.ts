// `ideamine ledger verify RUNID|FILE` checks a run's record and names the first thing that is not as it was recorded;
// `ideamine ledger export RUNID` writes the record as files that can be checked anywhere.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type RecordCheck, verifyRecord } from '../../core/ledger/verify-record.ts';
import { RunFailed, UsageError } from '../exit.ts';
import { writeRecord } from '../hand-over.ts';
import { homeAt } from '../home.ts';
import { LEDGER_FILE, readLedgerFile, readSealsBeside } from '../record-files.ts';
import { lookBack } from '../reopen.ts';
import { NO_RECORD, type RunRecord, readRecord } from '../run-record.ts';

export function registerLedger(program: Command): void {
  const home = () => program.opts<{ home: string }>().home;
  const ledger = program.command('ledger').description('look after the append-only record of a run').exitOverride();
  ledger
    .command('verify')
    .description('check the hash chain of a run’s ledger and the seals it stands under')
    .argument(
      '<run>',
      'id of a run of this machine, or a ledger file (one entry a line; its seals are found beside it)',
    )
    .option('--key <fingerprint>', 'the key that seals must be signed by, as `ledger verify` of the stage prints it')
    .option('--json', 'print one JSON object')
    .exitOverride()
    .action((run: string, options: VerifyOptions) => verify(run, options, home()));
  ledger
    .command('export')
    .description('write a run’s ledger and its seals as files')
    .argument('<run>', 'id of a run of this machine')
    .option('--out <folder>', 'where to (default: a folder named after the run)')
    .option('--json', 'print one JSON object')
    .exitOverride()
    .action((run: string, options: ExportOptions) => exportRecord(run, options, home()));
}

interface VerifyOptions {
  readonly key?: string;
  readonly json?: boolean;
}

interface ExportOptions {
  readonly out?: string;
  readonly json?: boolean;
}

async function verify(run: string, options: VerifyOptions, homeDir: string): Promise<void> {
  if (options.key !== undefined && !/^[0-9a-f]{64}$/.test(options.key)) {
    throw new UsageError(`--key: found '${options.key}', expected a fingerprint of 64 hexadecimal digits`);
  }
  const record = existsSync(run) ? fromFile(run) : await recordOf(run, homeDir);
  const check = verifyRecord(record.entries, record.seals, options);
  if (options.json) process.stdout.write(`${JSON.stringify(check)}\n`);
  else if (check.ok) process.stdout.write(`${linesOf(check, record).join('\n')}\n`);
  if (!check.ok) throw new RunFailed(`the ledger is broken: ${check.message}`);
}

const fromFile = (path: string): RunRecord => ({
  entries: readLedgerFile(path),
  seals: readSealsBeside(path),
  fromSegments: false,
});

async function recordOf(run: string, homeDir: string): Promise<RunRecord> {
  const home = homeAt(homeDir);
  const record = await lookBack(home, (stage) => readRecord(stage, run), NO_RECORD);
  if (record.entries.length === 0) throw new UsageError(`there is no file and no run ${run} in ${home.dir}`);
  return record;
}

function linesOf(check: Extract<RecordCheck, { ok: true }>, { fromSegments }: RunRecord): string[] {
  const { entries, head, seals, sealedTo, signedBy, closed } = check;
  const unsealed = entries - sealedTo;
  return [
    `ok: ${entries} entries, head ${head}`,
    seals === 0
      ? 'not sealed: the chain holds, but nothing outside of this ledger says that it is the one that was written'
      : `sealed to entry ${sealedTo} in ${seals} seals, ${signedBy === null ? 'unsigned' : `signed by key ${signedBy}`}`,
    ...(seals > 0 && unsealed > 0 ? [`the last ${unsealed} entries are not sealed yet`] : []),
    ...(fromSegments ? ['its entries have expired: read from the sealed segments'] : []),
    ...(closed ? [] : ['not closed: the run is not over, or the end of its ledger is missing']),
  ];
}

async function exportRecord(run: string, options: ExportOptions, homeDir: string): Promise<void> {
  const record = await recordOf(run, homeDir);
  const dir = options.out ?? `${run}-record`;
  writeRecord(record, dir);
  const ledger = join(dir, LEDGER_FILE);
  const counts = { entries: record.entries.length, seals: record.seals.length };
  if (options.json) process.stdout.write(`${JSON.stringify({ ledger, ...counts })}\n`);
  else process.stdout.write(`${counts.entries} entries and ${counts.seals} seals in ${dir}\n`);
}
