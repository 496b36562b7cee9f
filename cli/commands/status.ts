// `ideamine status [RUNID]`: the runs kept on this machine, newest first, or one of them phase by phase.

import type { Command } from 'commander';
import { listRuns, type RunRow } from '../../store/runs.ts';
import { UsageError } from '../exit.ts';
import { homeAt } from '../home.ts';
import { lookBack } from '../reopen.ts';

interface Options {
  readonly json?: boolean;
  readonly limit: string;
}

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('list the runs of this machine, newest first')
    .option('--limit <n>', 'how many at most', '100')
    .option('--json', 'print one JSON array')
    .action((options: Options) => status(options, program.opts<{ home: string }>().home));
}

async function status(options: Options, homeDir: string): Promise<void> {
  const limit = Number(options.limit);
  if (!/^\d+$/.test(options.limit) || limit < 1) {
    throw new UsageError(`--limit: found '${options.limit}', expected a whole number from 1`);
  }
  const runs = await lookBack<RunRow[]>(homeAt(homeDir), (stage) => listRuns(stage.table, limit), []);
  if (options.json) {
    const rows = runs.map(({ runId, status, startedAt }) => ({ runId, status, startedAt }));
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  if (runs.length === 0) process.stdout.write('no run was ever started here\n');
  const width = Math.max(0, ...runs.map((run) => run.runId.length));
  for (const run of runs) {
    const end = run.endedAt ? `ended ${run.endedAt}` : '';
    process.stdout.write(`${run.runId.padEnd(width)}  ${run.status.padEnd(9)}  started ${run.startedAt}  ${end}\n`);
  }
}
