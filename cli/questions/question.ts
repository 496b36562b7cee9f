// A question operators ask, and how it is answered: by key or by index, never by a scan. The dashboard shows the same answers.

import { getPipeline } from '../../store/pipelines.ts';
import { getRun, listRuns, type RunRow } from '../../store/runs.ts';
import { UsageError } from '../exit.ts';
import type { Stage } from '../stage.ts';

export type Cell = string | number | boolean | null;
/** By column, in the order they are shown. */
export type Row = Readonly<Record<string, Cell>>;

export interface Question {
  readonly name: string;
  /** In words. */
  readonly asks: string;
  /** What it is asked about, if anything. */
  readonly about?: 'run' | 'phase';
  /** @param about the id; '' for a question without one. */
  answer(stage: Stage, about: string): Promise<readonly Row[]>;
}

const DAY_MS = 86_400_000;

/** ISO time so many days before the stage's now. */
export const daysAgo = (stage: Stage, days: number): string => new Date(stage.now() - days * DAY_MS).toISOString();

/** @throws UsageError when there is no such run. */
export async function runNamed(stage: Stage, runId: string): Promise<RunRow> {
  const run = await getRun(stage.table, runId);
  if (run === undefined) throw new UsageError(`there is no run ${runId}; \`ideamine ask runs\` lists those there are`);
  return run;
}

/** Phases of the pipeline that ran last, in its order. */
export async function phasesOf(stage: Stage): Promise<readonly string[]> {
  const [run] = await listRuns(stage.table, 1);
  if (run === undefined) return [];
  const { pipeline } = await getPipeline(stage.bucket, run.pipeline.name, run.pipeline.hash);
  return pipeline.phases.map(({ id }) => id);
}

/** Seconds, to a tenth. */
export const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 100) / 10);
