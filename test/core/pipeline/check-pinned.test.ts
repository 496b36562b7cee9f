import { describe, expect, it } from '@jest/globals';
import { BadInput } from '../../../core/errors.ts';
import { checkPinned } from '../../../core/pipeline/check-pinned.ts';
import { loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import type { Pipeline } from '../../../core/pipeline/model.ts';
import { pinPipeline } from '../../../core/pipeline/pin.ts';
import { known, sound } from './fixture.ts';

const pipeline = loadPipelineOrThrow(sound, 'small.yaml', known);
const [intake, prd] = pipeline.phases as [Pipeline['phases'][number], Pipeline['phases'][number]];

describe('checkPinned', () => {
  it('lets a pipeline pass that was loaded here', () => {
    expect(() => checkPinned(pinPipeline(pipeline), known)).not.toThrow();
  });

  it('refuses content that is not what the hash names', () => {
    const pinned = { ...pinPipeline(pipeline), pipeline: { ...pipeline, title: 'Another' } };
    expect(() => checkPinned(pinned, known)).toThrow(BadInput);
    expect(() => checkPinned(pinned, known)).toThrow('expected content of hash');
    const forged = { ...pinPipeline(pipeline), structureHash: 'f'.repeat(64) };
    expect(() => checkPinned(forged, known)).toThrow('expected content of hash');
  });

  it('refuses words that are not known here', () => {
    const elsewhere = { ...known, agentIds: known.agentIds.filter((id) => id !== 'intake') };
    expect(() => checkPinned(pinPipeline(pipeline), elsewhere)).toThrow(
      'phases/0/agents/0/id: the catalogue has no such agent: found intake',
    );
  });

  it('holds a pipeline to the rules, all of them at once', () => {
    const unsound: Pipeline = {
      ...pipeline,
      budget: { usdMicros: 1 },
      phases: [
        { ...intake, gate: { ...intake.gate, weights: { grounding: 0.9 } } },
        { ...prd, needs: ['PRD'] },
      ],
    };
    const check = () => checkPinned(pinPipeline(unsound), known);
    expect(check).toThrow('the weights of the gate do not sum to 1');
    expect(check).toThrow('prd -> prd');
    expect(check).toThrow(`the budget is not the sum of the phases' budgets`);
  });
});
