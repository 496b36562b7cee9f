// A run with one phase and one agent, opened by hand, for tests of single handlers.

import type { PinnedPipeline, Pipeline } from '../../core/pipeline/model.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { objects } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import { putPipeline } from '../../store/pipelines.ts';
import { createRun, type RunRow } from '../../store/runs.ts';
import { START, type Tables } from '../store/tables.ts';

export const smallPipeline: Pipeline = {
  name: 'small',
  version: '1.0.0',
  title: 'One phase, one agent',
  models: { standard: { provider: 'offline', model: 'extractive' } },
  dossier: { slots: [{ id: 'spec', section: 'product', artifact: 'IdeaSpec' }] },
  phases: [
    {
      id: 'intake',
      title: 'Intake',
      needs: ['Idea'],
      makes: ['IdeaSpec'],
      mode: { kind: 'sequential' },
      aggregation: { kind: 'merge' },
      agents: [{ id: 'intake', tier: 'standard', tools: ['typecheck'] }],
      budget: { tokens: 10_000, toolMinutes: 1, wallMinutes: 30, usdMicros: 1000 },
      gate: { minimum: 0.5, tries: 3, guards: [], weights: { completeness: 0.5, grounding: 0.5 } },
      clarification: { questions: 0, grounding: 0.7, rounds: 0 },
      retry: { attempts: 3, baseMs: 1000 },
    },
  ],
  budget: { usdMicros: 1000 },
};

const IDEA_TEXT = 'A shed that lends tools. Members reserve a drill for a day.\n';
export const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:run:r1';

export async function openSmallRun(
  { table, bucket }: Tables,
  pipeline: Pipeline = smallPipeline,
  change: Partial<RunRow> = {},
): Promise<PinnedPipeline> {
  const pinned = pinPipeline(pipeline);
  await putPipeline(bucket, pinned);
  await putText(bucket, objects.idea(change.runId ?? 'r1'), IDEA_TEXT, 'text/plain');
  const shares = pipeline.phases.map(({ id, budget }) => [
    id,
    { tokens: budget.tokens, toolMs: budget.toolMinutes * 60_000, usdMicros: budget.usdMicros },
  ]);
  const run: RunRow = {
    runId: 'r1',
    name: 'small',
    status: 'RUNNING',
    executionArn: EXECUTION,
    startedAt: START,
    openings: 1,
    pipeline: {
      name: pipeline.name,
      version: pipeline.version,
      hash: pinned.hash,
      structureHash: pinned.structureHash,
    },
    gates: 'enforce',
    budgetUsdMicros: pipeline.budget.usdMicros,
    shares: Object.fromEntries(shares),
    idea: { sha256: 'c'.repeat(64), bytes: IDEA_TEXT.length },
    deadlineAt: '2026-01-02T00:00:00.000Z',
    ...change,
  };
  await createRun(table, run, { id: 'run.opened.1', at: START });
  return pinned;
}
