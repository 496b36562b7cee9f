// A run with the behaviour it was pinned to. The behaviour is read once for each hash: it never changes under its hash.

import { IdeaMineError } from '../core/errors.ts';
import type { Phase, Pipeline } from '../core/pipeline/model.ts';
import type { Bucket } from '../store/objects.ts';
import { getPipeline } from '../store/pipelines.ts';
import { getRun, type RunRow } from '../store/runs.ts';
import type { Table } from '../store/table.ts';

export interface Pinned {
  readonly run: RunRow;
  readonly pipeline: Pipeline;
}

export type Pipelines = (name: string, hash: string) => Promise<Pipeline>;

/** Pipelines kept in memory for the life of the environment; the few newest are enough. */
const KEPT = 8;

export function cachedPipelines(bucket: Bucket): Pipelines {
  const kept = new Map<string, Pipeline>();
  return async (name, hash) => {
    const key = `${name}@${hash}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const { pipeline } = await getPipeline(bucket, name, hash);
    const oldest = kept.keys().next().value;
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, pipeline);
    return pipeline;
  };
}

/** @throws IdeaMineError `IdeaMine.NoSuchRun`. */
export async function loadPinned(table: Table, pipelines: Pipelines, runId: string): Promise<Pinned> {
  const run = await getRun(table, runId);
  if (run === undefined) throw new IdeaMineError('IdeaMine.NoSuchRun', `there is no run ${runId}`);
  return { run, pipeline: await pipelines(run.pipeline.name, run.pipeline.hash) };
}

/** @throws IdeaMineError `IdeaMine.NoSuchPhase`. */
export function phaseOf(pipeline: Pipeline, id: string): Phase {
  const phase = pipeline.phases.find((candidate) => candidate.id === id);
  if (phase === undefined) {
    throw new IdeaMineError('IdeaMine.NoSuchPhase', `pipeline ${pipeline.name} has no phase ${id}`);
  }
  return phase;
}
