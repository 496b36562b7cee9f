// What machines and handlers must agree on though neither may import the other.

import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { phaseGraph } from '../../core/graph/phase-graph.ts';
import { DEFAULT_MAX_ROUNDS } from '../../core/pipeline/model.ts';
import { CONTRACT_VERSION } from '../../core/scheduling/idempotency-key.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { INLINE_TASKS } from '../../lambdas/plan/limits.ts';
import { WORST_CASE } from '../../statemachines/bounds.ts';
import { layOut } from '../../statemachines/layout/lay-out.ts';
import { leaf } from '../../statemachines/layout/tree.ts';
import { proveMachines } from '../../statemachines/proofs/prove.ts';
import { sampleMachines } from './sample.ts';

const root = join(import.meta.dirname, '..', '..');

it('no more tasks are planned inline, and no more rounds, than the history proof counts with', () => {
  expect(INLINE_TASKS).toBeLessThanOrEqual(WORST_CASE.inlineTasks);
  expect(DEFAULT_MAX_ROUNDS).toBeLessThanOrEqual(WORST_CASE.rounds);
});

it('messages to workers carry the contract version that workers know', () => {
  const { task } = sampleMachines();
  expect(task.States['Work (models)']?.Parameters.MessageBody.contract).toBe(CONTRACT_VERSION);
  expect(task.States['Work (tools)']?.Parameters.MessageBody.contract).toBe(CONTRACT_VERSION);
});

it.each(globSync('{pipelines,examples/pipelines}/*.yaml', { cwd: root }))('%s is proven', (file) => {
  const pipeline = readPipeline(join(root, file));
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const { layout } = layOut(phaseGraph(pipeline.phases), (id) => minutes.get(id) as number);
  expect(() => proveMachines(pipeline, layout)).not.toThrow();
});

it('a pipeline that is too wide is refused by name, before anything is deployed', () => {
  const built = readPipeline(join(root, 'pipelines/idea-to-release.yaml'));
  const intake = built.phases[0];
  if (intake === undefined) throw new Error('the built-in pipeline has no phases');
  const agents = Array.from({ length: WORST_CASE.waves + 1 }, (_, index) => ({
    id: `a${index}`,
    tier: 't',
    tools: [],
  }));
  expect(() => proveMachines({ ...built, phases: [{ ...intake, agents }] }, leaf('intake'))).toThrow(
    /round: found phase intake with 17 agents one after another, allowed 16; split the phase \[phases-stay-in-bounds\]/,
  );
});
