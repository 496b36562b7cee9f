import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { coreWords } from '../../../core/pipeline/core-words.ts';
import { loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import { planPipeline } from '../../../core/pipeline/plan.ts';
import { stretch } from '../../../core/pipeline/rehearsal.ts';
import { structureHash } from '../../../core/pipeline/structure.ts';

const file = 'pipelines/idea-to-release.yaml';
const pipeline = loadPipelineOrThrow(
  readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'),
  file,
  coreWords,
);

describe('stretch', () => {
  it('makes the critical path as long as asked, to a minute for each phase', () => {
    for (const hours of [12, 50, 100]) {
      const { minutes, phases } = planPipeline(stretch(pipeline, hours, 1)).criticalPath;
      expect(Math.abs(minutes - hours * 60)).toBeLessThanOrEqual(phases.length);
    }
  });

  it('keeps the structure, the money and the order of phases', () => {
    const stretched = stretch(pipeline, 50, 1);
    expect(structureHash(stretched)).toBe(structureHash(pipeline));
    expect(stretched.budget).toEqual(pipeline.budget);
    expect(stretched.phases.map(({ id, gate }) => ({ id, gate }))).toEqual(
      pipeline.phases.map(({ id, gate }) => ({ id, gate })),
    );
  });

  it('paces agents so that those who work one after another fit into the wall budget', () => {
    for (const { id, mode, agents, budget } of stretch(pipeline, 50, 1).phases) {
      const paces = agents.map(({ paceMs }) => paceMs as number);
      const inARow = mode.kind === 'sequential' ? paces.reduce((sum, pace) => sum + pace, 0) : Math.max(...paces);
      expect([id, inARow > 0, inARow <= budget.wallMinutes * 60_000]).toEqual([id, true, true]);
    }
  });

  it('gives the same pace for the same seed, another for another', () => {
    expect(stretch(pipeline, 50, 7)).toEqual(stretch(pipeline, 50, 7));
    expect(stretch(pipeline, 50, 7)).not.toEqual(stretch(pipeline, 50, 8));
  });
});
