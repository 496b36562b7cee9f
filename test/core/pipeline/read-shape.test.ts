// One case for each way a single value can be wrong.

import { describe, expect, it } from '@jest/globals';
import { broken, problemsOf } from './fixture.ts';

type Case = [part: string, replacement: string, rule: string, path: string, found: string, expected: string];

describe('a value that does not fit', () => {
  it.each<Case>([
    [
      'tokens: 50k, tool: 5 min, wall: 15 min, usd: 0.50',
      'tokens: many, tool: 5 min, wall: 15 min, usd: 0.50',
      'wrong-type',
      'phases.intake.budget.tokens',
      '"many"',
      'tokens',
    ],
    ['usd: 0.50', 'usd: 0.0000001', 'out-of-range', 'phases.intake.budget.usd', '0.0000001', 'at most 6 decimals'],
    ['usd: 0.50', 'usd: -1', 'out-of-range', 'phases.intake.budget.usd', '-1', 'US dollars'],
    ['usd: 0.50', 'usd: "0.50"', 'wrong-type', 'phases.intake.budget.usd', '"0.50"', 'US dollars'],
    ['usd: 0.50', 'usd: 1e3', 'out-of-range', 'phases.intake.budget.usd', '1e3', 'US dollars'],
    [
      'wall: 15 min, usd: 0.50',
      'wall: 15, usd: 0.50',
      'wrong-type',
      'phases.intake.budget.wall',
      '15',
      'a duration of whole minutes',
    ],
    [
      'wall: 15 min, usd: 0.50',
      'wall: 90 s, usd: 0.50',
      'out-of-range',
      'phases.intake.budget.wall',
      '"90 s"',
      'whole minutes',
    ],
    ['wall: 15 min, usd: 0.50', 'usd: 0.50', 'missing-key', 'phases.intake.budget.wall', 'nothing', 'a duration'],
    [
      '- {criterion: clarity, atLeast: 0.7}',
      '- clarity',
      'wrong-type',
      'phases.intake.gate.guards[0]',
      '"clarity"',
      'a mapping with criterion',
    ],
    [
      '- {criterion: clarity, atLeast: 0.7}',
      '- {criterion: clarity, required: maybe}',
      'wrong-type',
      'phases.intake.gate.guards[0].required',
      '"maybe"',
      'true, when-available or always',
    ],
    [
      '{grounding: 1}',
      '{grounding: 1.5}',
      'out-of-range',
      'phases.prd.gate.weights.grounding',
      '1.5',
      'a share from 0 to 1',
    ],
    ['{grounding: 1}', '[grounding]', 'wrong-type', 'phases.prd.gate.weights', 'a list of 1', 'a mapping'],
    ['mode: 2 at a time', 'mode: 0 at a time', 'out-of-range', 'phases.prd.mode', '"0 at a time"', '1 to 40'],
    [
      'mode: 2 at a time',
      'mode: iterative, at most 101 rounds',
      'out-of-range',
      'phases.prd.mode',
      '"iterative, at most 101 rounds"',
      '1 to 100',
    ],
    ['mode: 2 at a time', 'aggregation: custom', 'wrong-type', 'phases.prd.aggregation', '"custom"', 'custom NAME'],
    ['needs: [IdeaSpec]', 'needs: IdeaSpec', 'wrong-type', 'phases.prd.needs', '"IdeaSpec"', 'a list'],
    ['needs: [IdeaSpec]', 'needs:', 'wrong-type', 'phases.prd.needs', 'nothing', 'a list'],
    ['  - id: prd\n', '  - id: P R D\n', 'wrong-type', 'phases.P R D.id', '"P R D"', 'small letters'],
    ['title: A small pipeline', 'title: [a, b]', 'wrong-type', 'title', 'a list of 2', 'a title'],
    ['title: A small pipeline', 'titel: A small pipeline', 'missing-key', 'title', 'nothing', 'a title'],
    [
      '{id: story-cutter, tier: standard}',
      '{id: story-cutter, shard: {over: IdeaSpec, size: 1}}',
      'wrong-type',
      'phases.prd.agents.story-cutter.shard.over',
      '"IdeaSpec"',
      'such as UserStories.stories',
    ],
    [
      '{id: story-cutter, tier: standard}',
      '{id: story-cutter, shard: {over: IdeaSpec.goals, size: 0}}',
      'out-of-range',
      'phases.prd.agents.story-cutter.shard.size',
      '0',
      'from 1 to 1000',
    ],
    [
      '{id: story-cutter, tier: standard}',
      '{id: story-cutter, pace: soon}',
      'wrong-type',
      'phases.prd.agents.story-cutter.pace',
      '"soon"',
      'a duration',
    ],
    ['name: small', `name: ${'s'.repeat(49)}`, 'wrong-type', 'name', `"${'s'.repeat(49)}"`, 'at most 48'],
  ])('%j as %j', (part, replacement, rule, path, found, expected) => {
    const problem = problemsOf(broken(part, replacement)).find((candidate) => candidate.rule === rule);
    expect(problem).toMatchObject({ rule, path, found });
    expect(problem?.expected).toContain(expected);
  });

  it.each([
    ['phases:', 'phasen:', 'phases'],
    ['needs: [Idea]', 'need: [Idea]', 'needs'],
    ['    mode: 2 at a time', '    Mode: 2 at a time', 'mode'],
    ['atLeast: 0.75\n      weights: {grounding: 1}', 'at-least: 0.75\n      weights: {grounding: 1}', 'atLeast'],
    ['wall: 15 min, usd: 0.25', 'wal: 15 min, usd: 0.25', 'wall'],
    ['section: product', 'secton: product', 'section'],
    ['provider: offline', 'providers: offline', 'provider'],
    ['{id: story-cutter, tier: standard}', '{id: story-cutter, teir: standard}', 'tier'],
  ])('a misspelt key: %j as %j', (part, replacement, meant) => {
    const problem = problemsOf(broken(part, replacement)).find(({ rule }) => rule === 'unknown-key');
    expect(problem?.suggestion).toBe(`did you mean ${meant}?`);
  });

  it('of no likeness to any key gets no suggestion, but the list of keys', () => {
    const [problem] = problemsOf(broken('title: A small pipeline', 'title: A small pipeline\nzzzzzzzz: 1'));
    expect(problem).not.toHaveProperty('suggestion');
    expect(problem?.expected).toBe('one of name, version, title, models, budget, phases, dossier');
  });
});
