import { describe, expect, it } from '@jest/globals';
import { loadPipelineOrThrow } from '../../../core/pipeline/load.ts';
import { pinPipeline } from '../../../core/pipeline/pin.ts';
import { broken, known, sound } from './fixture.ts';

const pin = (text: string) => pinPipeline(loadPipelineOrThrow(text, 'small.yaml', known));
const original = pin(sound);

describe('a pinned pipeline', () => {
  it.each([
    ['an agent', 'agents: [intake]', 'agents: [backend]'],
    ['a threshold', 'weights: {grounding: 1}', 'tries: 5\n      weights: {grounding: 1}'],
    ['a budget', 'usd: 0.25', 'usd: 0.26'],
    ['a wall budget', 'wall: 15 min, usd: 0.25', 'wall: 3 h, usd: 0.25'],
    ['the title', 'A small pipeline', 'Another'],
    ['a dossier slot', '    - {id: signature, section: security, artifact: Signature}\n', ''],
  ])('with another %s is another behaviour of the same structure', (_, part, replacement) => {
    const changed = pin(broken(part, replacement));
    expect(changed.hash).not.toBe(original.hash);
    expect(changed.structureHash).toBe(original.structureHash);
  });

  it.each([
    ['an artifact', '[PRD, UserStories]', '[PRD]'],
    ['a need', 'needs: [IdeaSpec]', 'needs: [IdeaSpec, Idea]'],
    ['a phase id', '- id: prd\n', '- id: requirements\n'],
    ['a fan-out limit', '2 at a time', '3 at a time'],
    ['a mode', '2 at a time', 'parallel'],
  ])('with another %s is another structure', (_, part, replacement) => {
    expect(pin(broken(part, replacement)).structureHash).not.toBe(original.structureHash);
  });

  it('keeps its hashes whatever the layout of the file', () => {
    const reordered = sound.replace('makes: [PRD, UserStories]', 'makes: [UserStories, PRD]');
    expect(pin(reordered).structureHash).toBe(original.structureHash);
    const twoNeeds = (needs: string) => pin(broken('needs: [IdeaSpec]', `needs: [${needs}]`)).structureHash;
    expect(twoNeeds('IdeaSpec, Idea')).toBe(twoNeeds('Idea, IdeaSpec'));
    const [before, after] = [sound.indexOf('  - id: prd\n'), sound.indexOf('dossier:')];
    const intake = sound.slice(sound.indexOf('  - id: intake'), before);
    const swapped = sound.slice(0, sound.indexOf(intake)) + sound.slice(before, after) + intake + sound.slice(after);
    expect(pin(swapped).pipeline.phases.map(({ id }) => id)).toEqual(['prd', 'intake']);
    expect(pin(swapped).structureHash).toBe(original.structureHash);
    expect(pin(sound.replaceAll('{tokens: 50k, tool', '{tokens:   50000,   tool').replaceAll('0.50', '.5'))).toEqual(
      original,
    );
  });
});
