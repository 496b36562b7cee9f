// `ideamine status [RUNID]`: the runs of this machine or of a deployed stage, newest first, or one of them phase by phase.

import type { Command } from 'commander';
import { getPipeline } from '../../store/pipelines.ts';
import { listRuns, type RunRow } from '../../store/runs.ts';
import { type GlobalOptions, isDeployed, lookAt, type StageOptions, stageOptions } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import { frame } from '../frame.ts';
import { runResult } from '../result.ts';
import { readSnapshot } from '../snapshot.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
  readonly limit: string;
}

export function registerStatus(program: Command): void {
  stageOptions(program.command('status'))
    .description('list the runs of this machine or of a deployed stage, newest first, or show one of them')
    .argument('[runId]', 'id of a run')
    .option('--limit <n>', 'how many at most', '100')
    .option('--json', 'print one JSON array, or for one run an object')
    .action((runId: string | undefined, options: Options) => {
      const global = program.opts<GlobalOptions>();
      return runId === undefined ? list(options, global) : show(runId, options, global);
    });
}

async function list(options: Options, global: GlobalOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!/^\d+$/.test(options.limit) || limit < 1) {
    throw new UsageError(`--limit: found '${options.limit}', expected a whole number from 1`);
  }
  const runs = await lookAt<RunRow[]>(options, global, (stage) => listRuns(stage.table, limit), []);
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

async function show(runId: string, options: Options, global: GlobalOptions): Promise<void> {
  const text = await lookAt<string | undefined>(options, global, (stage) => describe(stage, runId, options), undefined);
  if (text === undefined) {
    const where = isDeployed(options) ? 'on this stage' : 'on this machine';
    throw new UsageError(`there is no run ${runId} ${where}; \`ideamine status\` lists those there are`);
  }
  process.stdout.write(`${text}\n`);
}

async function describe(stage: Stage, runId: string, options: Options): Promise<string | undefined> {
  const snapshot = await readSnapshot(stage, runId);
  if (snapshot === undefined) return undefined;
  if (options.json) return JSON.stringify(runResult(snapshot, null));
  const { name, hash } = snapshot.run.pipeline;
  const { pipeline } = await getPipeline(stage.bucket, name, hash);
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const { status, cause } = snapshot.run;
  return `${frame(snapshot, { pipeline, now: Date.now(), colour })}\n  ${status}${cause === undefined ? '' : `: ${cause}`}`;
}
