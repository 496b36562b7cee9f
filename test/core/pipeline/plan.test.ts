import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { artifactTypes } from '../../../core/artifacts/registry.ts';
import { loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import { planPipeline } from '../../../core/pipeline/plan.ts';

const file = 'pipelines/idea-to-release.yaml';
const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
const plan = planPipeline(loadPipelineOrThrow(text, file, { artifactTypes }));

describe('planPipeline', () => {
  it('says when each phase runs, what it waits for and how much it may slip', () => {
    const rows = plan.phases.map(({ id, startMinute, endMinute, slackMinutes, after }) =>
      [id, `${startMinute}-${endMinute}`, slackMinutes, after.join(' ')].join(' | '),
    );
    expect(rows).toEqual([
      'intake | 0-15 | 0 | ',
      'ideation | 15-45 | 0 | intake',
      'critique | 45-70 | 0 | ideation',
      'prd | 70-115 | 0 | critique',
      'bizdev | 115-145 | 450 | prd',
      'architecture | 115-175 | 0 | prd',
      'build | 175-355 | 0 | architecture',
      'security | 355-415 | 90 | build',
      'story-loop | 355-505 | 0 | build',
      'qa | 505-595 | 0 | security story-loop',
      'aesthetic | 505-565 | 30 | story-loop',
      'release | 595-640 | 0 | bizdev qa aesthetic',
      'beta | 640-700 | 0 | release',
    ]);
  });

  it('knows the critical path, the sequence, and the longest it may take', () => {
    expect(plan.criticalPath).toEqual({
      phases: ['intake', 'ideation', 'critique', 'prd', 'architecture', 'build', 'story-loop', 'qa', 'release', 'beta'],
      minutes: 700,
    });
    expect(plan.sequenceMinutes).toBe(850);
    expect(plan.levelsMinutes).toBe(700);
    // Three tries of intake, ideation, critique, release and beta; five of prd, architecture, build, story-loop and qa.
    expect(plan.longestMinutes).toBe(3 * (15 + 30 + 25 + 45 + 60) + 5 * (45 + 60 + 180 + 150 + 90));
  });

  it('adds up to the run ceiling', () => {
    expect(plan.totals).toEqual({ tokens: 2_375_000, toolMinutes: 303, usdMicros: 30_800_000 });
  });

  it('bounds the paid calls for one call by the attempts of its task, for a run by the tries of the gate and the rounds', () => {
    const calls = Object.fromEntries(plan.phases.map(({ id, paidCalls }) => [id, paidCalls]));
    expect(calls.intake).toEqual({ perCall: 6, perRun: 18 });
    expect(calls.qa).toEqual({ perCall: 10, perRun: 50 });
    expect(calls['story-loop']).toEqual({ perCall: 10, perRun: 5000 });
  });
});
