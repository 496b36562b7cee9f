// What a person sees of a run while it runs: one line a phase, one line of sums. Pure: data in, text out.

import { styleText } from 'node:util';
import type { Pipeline } from '../core/pipeline/model.ts';
import { usd } from './money.ts';
import type { Snapshot } from './snapshot.ts';
import { spentBy } from './snapshot.ts';
import { clock } from './timeline.ts';

type PhaseRow = Snapshot['phases'][number];

export interface FrameOptions {
  readonly pipeline: Pipeline;
  /** Epoch ms of the run's own clock. */
  readonly now: number;
  readonly colour: boolean;
}

export function frame(snapshot: Snapshot, options: FrameOptions): string {
  const { run, phases, tasks } = snapshot;
  const width = Math.max(...options.pipeline.phases.map((phase) => phase.id.length));
  const rows = new Map(phases.map((phase) => [phase.phase, phase]));
  const lines = options.pipeline.phases.map(({ id }) => {
    const row = rows.get(id);
    if (row === undefined) return paint(options, 'dim', `  · ${id}`);
    const own = tasks.filter((task) => task.phase === id && task.attempt === row.attempt);
    return `  ${mark(row, options)} ${id.padEnd(width)}  ${phaseLine(row, own, options)}`;
  });
  const spent = spentBy(tasks);
  const finished = tasks.filter((task) => task.status === 'committed').length;
  const elapsed = clock((run.endedAt ? Date.parse(run.endedAt) : options.now) - Date.parse(run.startedAt));
  const sums = [
    `${finished} of ${tasks.length} tasks`,
    `${spent.tokens.toLocaleString('en')} tokens`,
    `${usd(spent.usdMicros)} of ${usd(run.budgetUsdMicros)}`,
    elapsed,
  ];
  return [...lines, '', `  ${sums.join('  ·  ')}`].join('\n');
}

/** One line for terminals that cannot redraw: printed when a phase starts or ends. */
export function phaseNews(row: PhaseRow, tasks: Snapshot['tasks'], options: FrameOptions): string {
  const own = tasks.filter((task) => task.phase === row.phase && task.attempt === row.attempt);
  return `${mark(row, options)} ${row.phase}: ${phaseLine(row, own, options)}`;
}

function phaseLine(row: PhaseRow, tasks: Snapshot['tasks'], options: FrameOptions): string {
  const end = row.endedAt ? Date.parse(row.endedAt) : options.now;
  const took = clock(Math.max(0, end - Date.parse(row.startedAt))).padStart(8);
  const done = tasks.filter((task) => task.status === 'committed').length;
  const count = `${done}/${tasks.length} tasks`.padEnd(12);
  const attempt = row.attempt > 1 ? `attempt ${row.attempt}  ` : '';
  if (row.status === 'running') {
    return `${took}  ${count}  ${attempt}${paint(options, 'dim', ['running', ...atWork(row, tasks, options)].join(' '))}`;
  }
  if (row.status === 'waiting') return `${took}  ${count}  ${attempt}waits for a decision`;
  const score = row.score === null || row.score === undefined ? 'score unmeasured' : `score ${row.score.toFixed(2)}`;
  return `${took}  ${count}  ${attempt}${gateWord(row, options)}, ${score}`;
}

/** Who is at work, with the tools it may run: a phase that measures takes its time. */
function atWork(row: PhaseRow, tasks: Snapshot['tasks'], { pipeline }: FrameOptions): string[] {
  const agents = pipeline.phases.find(({ id }) => id === row.phase)?.agents ?? [];
  const claimed = new Set(tasks.filter(({ status }) => status === 'claimed').map(({ agent }) => agent));
  const named = agents
    .filter(({ id }) => claimed.has(id))
    .map(({ id, tools }) => (tools.length === 0 ? id : `${id} (${tools.join(', ')})`));
  return named.length === 0 ? [] : [named.join(', ')];
}

function gateWord(row: PhaseRow, options: FrameOptions): string {
  if (row.verdict === 'passed') return paint(options, 'green', 'gate passed');
  if (row.verdict === 'advised') return paint(options, 'yellow', 'gate failed, went on as advised');
  if (row.verdict === 'failed') return paint(options, 'red', 'gate failed');
  return `gate ${row.verdict ?? 'not reached'}`;
}

function mark(row: PhaseRow, options: FrameOptions): string {
  if (row.status === 'running') return paint(options, 'cyan', '●');
  if (row.status === 'waiting') return paint(options, 'yellow', '?');
  if (row.status === 'failed') return paint(options, 'red', '✗');
  return row.verdict === 'passed' ? paint(options, 'green', '✓') : paint(options, 'yellow', '!');
}

function paint(options: FrameOptions, style: Parameters<typeof styleText>[0], text: string): string {
  return options.colour ? styleText(style, text, { validateStream: false }) : text;
}
