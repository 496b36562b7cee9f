// `ideamine quarantine list|show|release|discard`: tasks whose attempts are used up are set aside with their whole history.

import type { Command } from 'commander';
import { decision } from '../../lambdas/entries.ts';
import { taskPath } from '../../store/keys.ts';
import type { Outbox } from '../../store/outbox.ts';
import { discardTask, listQuarantined, releaseTask } from '../../store/quarantine.ts';
import { listRuns } from '../../store/runs.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { type GlobalOptions, lookAt, type StageOptions, stageOptions, workOn } from '../choose-stage.ts';
import { UsageError } from '../exit.ts';
import type { Stage } from '../stage.ts';

interface Options extends StageOptions {
  readonly json?: boolean;
}

interface DecideOptions extends Options {
  readonly by: string;
  readonly because?: string;
}

/** Runs whose tasks are listed when no run is named. */
const RUNS = 100;

export function registerQuarantine(program: Command): void {
  const quarantine = program.command('quarantine').description('tasks that were set aside with their whole history');
  const globals = () => program.opts<GlobalOptions>();
  stageOptions(quarantine.command('list'))
    .description('tasks that are set aside, of one run or of the newest hundred')
    .argument('[runId]', 'id of the run')
    .option('--json', 'print one JSON array')
    .action(async (runId: string | undefined, options: Options) => {
      const tasks = await lookAt<TaskRow[]>(options, globals(), (stage) => listed(stage, runId), []);
      print(options.json === true, tasks.map(brief), tasks.map(lineOf), 'nothing is set aside');
    });
  stageOptions(quarantine.command('show'))
    .description('a task that is set aside: what it was given, every try and what it died of')
    .argument('<runId>', 'id of the run')
    .argument('<task>', 'as `quarantine list` names it')
    .option('--json', 'print one JSON object')
    .action(async (runId: string, task: string, options: Options) => {
      const row = await lookAt<TaskRow | undefined>(options, globals(), (stage) => find(stage, runId, task), undefined);
      if (row === undefined) throw new UsageError(`there is no run ${runId} here`);
      print(options.json === true, shown(row), historyOf(row), '');
    });
  for (const verb of ['release', 'discard'] as const) {
    stageOptions(quarantine.command(verb))
      .description(TEXTS[verb])
      .argument('<runId>', 'id of the run')
      .argument('<task>', 'as `quarantine list` names it')
      .option('--by <who>', 'who decides, for the ledger', 'ideamine quarantine')
      .option('--because <text>', 'the reason, for the ledger')
      .option('--json', 'print one JSON object')
      .action((runId: string, task: string, options: DecideOptions) =>
        workOn(options, globals(), (stage) => decide(stage, verb, runId, task, options)),
      );
  }
}

const TEXTS = {
  release: 'take a task up again: its failures stay on record and are no longer counted',
  discard: 'let go of a task for good: no resume takes it up again',
} as const;

/** As the ledger and people are told. */
const DONE = { release: 'released', discard: 'discarded' } as const;

async function listed(stage: Stage, runId: string | undefined): Promise<TaskRow[]> {
  const runs = runId === undefined ? (await listRuns(stage.table, RUNS)).map((run) => run.runId) : [runId];
  return (await Promise.all(runs.map((run) => listQuarantined(stage.table, run)))).flat();
}

async function find(stage: Stage, runId: string, task: string): Promise<TaskRow> {
  const tasks = await listQuarantined(stage.table, runId);
  const found = tasks.find((row) => taskPath(row) === task) ?? only(tasks.filter((row) => row.task === task));
  if (found !== undefined) return found;
  const known = tasks.map(taskPath).join(', ') || 'none';
  throw new UsageError(`task: found '${task}', expected one that is set aside in run ${runId}: ${known}`);
}

const only = (rows: readonly TaskRow[]): TaskRow | undefined => (rows.length === 1 ? rows[0] : undefined);

async function decide(
  stage: Stage,
  verb: 'release' | 'discard',
  runId: string,
  task: string,
  { by, because, json }: DecideOptions,
): Promise<void> {
  const row = await find(stage, runId, task);
  const at = new Date(stage.now()).toISOString();
  const reason = because ?? `${DONE[verb]} by ${by}`;
  const outbox: Outbox = {
    id: `${verb}.${taskPath(row)}.${row.try}`,
    at,
    entries: [decision(by, { decided: `${DONE[verb]}`, task: taskPath(row), agent: row.agent, because: reason })],
  };
  const done =
    verb === 'release'
      ? await releaseTask(stage.table, row, outbox)
      : await discardTask(stage.table, row, { by, at, reason }, outbox);
  if (!done) throw new UsageError(`task ${task} of ${runId} is not set aside any more, or was discarded before`);
  const then = verb === 'release' ? `; \`ideamine resume ${runId}\` goes on with it when the run has ended` : '';
  print(
    json === true,
    { runId, task: taskPath(row), decided: `${DONE[verb]}` },
    [`task ${taskPath(row)} is ${DONE[verb]}${then}`],
    '',
  );
}

const brief = (row: TaskRow) => ({
  runId: row.runId,
  task: taskPath(row),
  agent: row.agent,
  tries: row.try,
  code: row.failures.at(-1)?.code ?? null,
  cause: row.failures.at(-1)?.cause ?? null,
  since: row.failures.at(-1)?.at ?? null,
  discarded: row.discarded ?? null,
});

const shown = (row: TaskRow) => ({
  ...brief(row),
  failures: row.failures,
  inputs: row.inputs,
  shard: row.shard,
  spent: { tokens: row.spentTokens, usdMicros: row.spentUsdMicros },
  strict: row.strict,
  batchSize: row.batchSize ?? null,
  rung: row.rung ?? 0,
});

function lineOf(row: TaskRow): string {
  const last = row.failures.at(-1);
  const letGo = row.discarded === undefined ? '' : `, discarded by ${row.discarded.by}`;
  return `${row.runId}  ${taskPath(row)}  ${row.try} tries  ${last?.code ?? ''}: ${last?.cause ?? ''}${letGo}`;
}

function historyOf(row: TaskRow): string[] {
  const inputs = Object.entries(row.inputs).map(([type, ref]) => `  read ${type} ${ref.sha256.slice(0, 12)}`);
  const tries = row.failures.map(({ try: number, at, code, cause }) => `  try ${number}, ${at}: ${code}: ${cause}`);
  const spent = `  spent ${row.spentTokens} tokens, ${row.spentUsdMicros} micro-USD`;
  return [`task ${taskPath(row)} of run ${row.runId}, agent ${row.agent}`, ...inputs, ...tries, spent];
}

function print(json: boolean, value: unknown, lines: readonly string[], nothing: string): void {
  const text = lines.length > 0 ? lines.join('\n') : nothing;
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}
