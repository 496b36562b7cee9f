// `ideamine/testing`: checks a pipeline file as the compiler does, and rehearses a synthesized app in one process in virtual time.

import { readFileSync } from 'node:fs';
import { known } from '../agents/known.ts';
import type { Agent } from '../agents/sdk/agent.ts';
import { openLocalStage } from '../cli/local-stage.ts';
import { executionState, startExecution } from '../cli/stage.ts';
import type { Json } from '../core/json.ts';
import { loadPipeline } from '../core/pipeline/load.ts';
import { formatProblem } from '../core/pipeline/problem.ts';
import { getEnvelope, listArtifacts } from '../store/artifacts.ts';

/** What is wrong with a pipeline file, one sentence each; nothing when it is sound. */
export function checkPipeline(file: string, agents: readonly Agent[] = []): readonly string[] {
  const words = { ...known, agentIds: [...(known.agentIds ?? []), ...agents.map(({ id }) => id)] };
  const loading = loadPipeline(readFileSync(file, 'utf8'), file, words);
  return 'problems' in loading ? loading.problems.map(formatProblem) : [];
}

export interface Rehearsed {
  /** Of the run's execution, such as SUCCEEDED. */
  readonly status: string;
  /** Contents of the artifacts by type. */
  readonly artifacts: Readonly<Record<string, Json>>;
}

/** Where virtual time starts: the same every time. */
const START = Date.parse('2026-01-01T00:00:00Z');
const LOOK_EVERY_MS = 1000;

/** @param assembly folder that `app.synth()` wrote. @param idea text of the idea. */
export async function rehearse(assembly: string, idea: string): Promise<Rehearsed> {
  const stage = await openLocalStage({ assemblyDir: assembly, clock: { kind: 'virtual', start: START }, seed: 1 });
  try {
    const runId = 'rehearsal';
    const executionArn = await startExecution(stage, runId, { idea, gates: 'advise' });
    let state = await executionState(stage, executionArn);
    while (state.status === 'RUNNING') {
      await stage.pause(LOOK_EVERY_MS);
      state = await executionState(stage, executionArn);
    }
    const rows = await listArtifacts(stage.table, runId);
    const contents = await Promise.all(
      rows.map(async (row) => [row.type, (await getEnvelope(stage.bucket, runId, row)).content] as const),
    );
    return { status: state.status, artifacts: Object.fromEntries(contents) };
  } finally {
    await stage.world.close();
  }
}
