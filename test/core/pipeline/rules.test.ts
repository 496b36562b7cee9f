// Each rule, by its id: a change to the sound pipeline that breaks it, and what is then said. A rule taken out of the
// list fails its case here.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../../../core/pipeline/rules.ts';
import { broken, known, problemsOf, sound } from './fixture.ts';

interface Case {
  readonly rule: string;
  readonly change: readonly [part: string, replacement: string];
  readonly path: string;
  readonly found: string;
  readonly says: string;
  readonly suggestion?: string;
}

const cases: readonly Case[] = [
  {
    rule: 'artifact-without-maker',
    change: ['needs: [IdeaSpec]', 'needs: [IdeaSpec, TestReport]'],
    path: 'phases.prd.needs[1]',
    found: 'TestReport',
    says: 'nobody makes the needed artifact',
  },
  {
    rule: 'artifact-without-maker',
    change: ['needs: [IdeaSpec]', 'needs: [IdeaSpek]'],
    path: 'phases.prd.needs[0]',
    found: 'IdeaSpek',
    says: 'nobody makes the needed artifact',
    suggestion: 'did you mean IdeaSpec?',
  },
  {
    rule: 'budgets-add-up',
    change: ['title: A small', 'budget: {usd: 0.80}\ntitle: A small'],
    path: 'budget.usd',
    found: '0.8 USD',
    says: `the budget is not the sum of the phases' budgets`,
  },
  {
    rule: 'budgets-add-up',
    change: ['usd: 0.25', 'usd: 99.75'],
    path: '',
    found: 'phases of 100.25 USD in all',
    says: 'a run this dear must say so',
  },
  {
    rule: 'budgets-add-up',
    change: ['tokens: 50k, tool: 5 min, wall: 15 min, usd: 0.25', 'tokens: 1, tool: 5 min, wall: 15 min, usd: 0.25'],
    path: 'phases.prd.budget.tokens',
    found: '1',
    says: 'the tokens cannot be split over the agents',
  },
  {
    rule: 'cycle',
    change: ['needs: [Idea]', 'needs: [Idea, PRD]'],
    path: 'phases.intake.needs[1]',
    found: 'intake -> prd -> intake',
    says: 'the phases wait for each other; intake needs PRD from prd',
  },
  {
    rule: 'cycle',
    change: ['needs: [IdeaSpec]', 'needs: [IdeaSpec, UserStories]'],
    path: 'phases.prd.needs[1]',
    found: 'prd -> prd',
    says: 'the phases wait for each other; prd needs UserStories from prd',
  },
  {
    rule: 'duplicate-id',
    change: ['  - id: prd\n', '  - id: intake\n'],
    path: 'phases.intake.id',
    found: 'a second intake',
    says: 'the phase is declared twice',
  },
  {
    rule: 'duplicate-id',
    change: ['{id: signature', '{id: prd'],
    path: 'dossier.slots.prd.id',
    found: 'a second prd',
    says: 'the dossier slot is declared twice',
  },
  {
    rule: 'duplicate-id',
    change: ['{id: story-cutter, tier: standard}', 'prd-writer'],
    path: 'phases.prd.agents[1]',
    found: 'a second prd-writer',
    says: 'the agent of the phase is declared twice',
  },
  {
    rule: 'gate-artifact',
    change: [
      '{criterion: clarity, atLeast: 0.7}',
      '{criterion: items-at-least, artifact: PRD, path: stories, atLeast: 1}',
    ],
    path: 'phases.intake.gate.guards[0].artifact',
    found: 'PRD',
    says: 'the gate asks for an artifact its phase neither makes nor needs',
  },
  {
    rule: 'guard-parameters',
    change: ['{criterion: clarity, atLeast: 0.7}', '{criterion: clarity, atLeast: much}'],
    path: 'phases.intake.gate.guards[0]',
    found: 'atLeast',
    says: 'clarity: atLeast must be a number',
  },
  {
    rule: 'lethal-trifecta',
    change: ['tier: standard}', 'tools: [registry]}'],
    path: 'phases.prd.agents.story-cutter.tools[0]',
    found: 'registry, with PRD and IdeaSpec at hand',
    says: 'untrusted text, private data and an act on the outside meet in one agent',
  },
  {
    rule: 'no-models',
    change: ['models:\n  standard: {provider: offline, model: extractive}', 'models: {}'],
    path: 'models',
    found: 'no tier',
    says: 'no model is declared',
  },
  {
    rule: 'nothing-to-do',
    change: ['agents: [intake]', 'agents: []'],
    path: 'phases.intake.agents',
    found: 'no agent',
    says: 'nobody works in the phase',
  },
  {
    rule: 'after-earlier',
    change: ['agents: [intake]', 'agents: [{id: intake, after: [requirements]}]'],
    path: 'phases.intake.agents.intake.after[0]',
    found: 'requirements',
    says: 'the agent waits for one that does not stand before it in the phase',
  },
  {
    rule: 'shard-artifact',
    change: ['tier: standard}', 'shard: {over: UserStories.stories, size: 1}}'],
    path: 'phases.prd.agents.story-cutter.shard.over',
    found: 'UserStories',
    says: 'the work is split over an artifact its phase does not need',
  },
  {
    rule: 'shard-artifact',
    change: ['agents: [intake]', 'agents: [{id: intake, shard: {over: Idea.sentences, size: 1}}]'],
    path: 'phases.intake.agents.intake.shard.over',
    found: 'Idea',
    says: 'the work is split over an artifact its phase does not need',
  },
  {
    rule: 'slot-without-maker',
    change: ['artifact: PRD}', 'artifact: TestReport}'],
    path: 'dossier.slots.prd.artifact',
    found: 'TestReport',
    says: 'nobody makes the artifact of the dossier slot',
  },
  {
    rule: 'two-makers',
    change: ['makes: [PRD, UserStories]', 'makes: [PRD, UserStories, IdeaSpec]'],
    path: 'phases.prd.makes[2]',
    found: 'a second maker of IdeaSpec',
    says: 'IdeaSpec is made twice, by intake and by prd',
  },
  {
    rule: 'two-makers',
    change: ['makes: [PRD, UserStories]', 'makes: [PRD, UserStories, Idea]'],
    path: 'phases.prd.makes[2]',
    found: 'a second maker of Idea',
    says: 'Idea is made twice, by whoever starts the run and by prd',
  },
  {
    rule: 'unknown-agent',
    change: ['- prd-writer', '- prd-writr'],
    path: 'phases.prd.agents[0]',
    found: 'prd-writr',
    says: 'the catalogue has no such agent',
    suggestion: 'did you mean prd-writer?',
  },
  {
    rule: 'unknown-aggregation',
    change: ['mode: 2 at a time', 'aggregation: custom longst'],
    path: 'phases.prd.aggregation',
    found: 'longst',
    says: 'there is no such custom aggregation',
    suggestion: 'did you mean longest?',
  },
  {
    rule: 'unknown-artifact',
    change: ['makes: [PRD, UserStories]', 'makes: [PRD, UserStory]'],
    path: 'phases.prd.makes[1]',
    found: 'UserStory',
    says: 'no such artifact type is declared',
    suggestion: 'did you mean UserStories?',
  },
  {
    rule: 'unknown-criterion',
    change: ['{grounding: 1}', '{groundin: 1}'],
    path: 'phases.prd.gate.weights.groundin',
    found: 'groundin',
    says: 'there is no such criterion',
    suggestion: 'did you mean grounding?',
  },
  {
    rule: 'unknown-criterion',
    change: ['{criterion: clarity, atLeast: 0.7}', '{criterion: clarty, atLeast: 0.7}'],
    path: 'phases.intake.gate.guards[0].criterion',
    found: 'clarty',
    says: 'there is no such guard',
    suggestion: 'did you mean clarity?',
  },
  {
    rule: 'unknown-guard-parameter',
    change: ['{criterion: clarity, atLeast: 0.7}', '{criterion: clarity, atLest: 0.7}'],
    path: 'phases.intake.gate.guards[0].atLest',
    found: 'atLest',
    says: 'clarity takes no such parameter',
    suggestion: 'did you mean atLeast?',
  },
  {
    rule: 'unknown-provider',
    change: ['provider: offline', 'provider: ofline'],
    path: 'models.standard.provider',
    found: 'ofline',
    says: 'there is no such model provider',
    suggestion: 'did you mean offline?',
  },
  {
    rule: 'unknown-tier',
    change: ['tier: standard}', 'tier: standart}'],
    path: 'phases.prd.agents.story-cutter.tier',
    found: 'standart',
    says: 'the pipeline declares no model for the tier',
    suggestion: 'did you mean standard?',
  },
  {
    rule: 'unknown-tier',
    change: ['  - id: prd\n', '  - id: prd\n    tier: strong\n'],
    path: 'phases.prd.tier',
    found: 'strong',
    says: 'the pipeline declares no model for the tier',
  },
  {
    rule: 'long-turns',
    change: ['agents: [intake]', `mode: sequential\n    agents: [${Array(17).fill('intake').join(', ')}]`],
    path: 'phases.intake.agents',
    found: '17 agents',
    says: 'too many agents work one after another',
  },
  {
    rule: 'unknown-tool',
    change: ['tier: standard}', 'tools: [type-cheker]}'],
    path: 'phases.prd.agents.story-cutter.tools[0]',
    found: 'type-cheker',
    says: 'there is no such tool',
    suggestion: 'did you mean type-checker?',
  },
  {
    rule: 'weights-sum',
    change: ['clarity: 0.4,', 'clarity: 0.400001,'],
    path: 'phases.intake.gate.weights',
    found: 'a sum of 1.000001',
    says: 'the weights of the gate do not sum to 1',
  },
];

it('sixteen agents may work one after another, and any number side by side', () => {
  const agents = (count: number) => `agents: [${Array(count).fill('intake').join(', ')}]`;
  const rulesOf = (text: string) => problemsOf(broken('agents: [intake]', text)).map(({ rule }) => rule);
  expect(rulesOf(`mode: sequential\n    ${agents(16)}`)).not.toContain('long-turns');
  expect(rulesOf(`mode: parallel\n    ${agents(17)}`)).not.toContain('long-turns');
});

describe('a rule', () => {
  it.each(cases)('$rule: $change.1', ({ rule, change: [part, replacement], path, found, says, suggestion }) => {
    const text = broken(part, replacement);
    const problem = problemsOf(text).find((candidate) => candidate.rule === rule);
    expect(problem).toMatchObject({ rule, path, found, message: says });
    expect(problem?.suggestion).toBe(suggestion);
    // It points at what it speaks of.
    const line = text.split('\n')[(problem?.line ?? 0) - 1] ?? '';
    expect(line.trim()).not.toBe('');
    expect((problem?.column ?? 0) - 1).toBeLessThan(line.length);
  });

  it('no-phases: a pipeline without phases', () => {
    const text = `${sound.slice(0, sound.indexOf('phases:'))}phases: []\n`;
    expect(problemsOf(text).map(({ rule }) => rule)).toEqual(['no-phases']);
  });

  it('keeps quiet about a sound pipeline', () => {
    expect(problemsOf(sound)).toEqual([]);
    expect(problemsOf(broken('title: A small', 'budget: {usd: 0.75}\ntitle: A small'))).toEqual([]);
  });

  it('has a file of its name, stands in the list, and has a case here', () => {
    const files = readdirSync(new URL('../../../core/pipeline/rules', import.meta.url)).map((name) =>
      name.replace('.ts', ''),
    );
    const ids = rules.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(files.toSorted());
    expect([...new Set([...cases.map(({ rule }) => rule), 'no-phases'])].toSorted()).toEqual(files.toSorted());
  });

  it('lets an agent act outside where a person has approved what it reads, or it sees nothing private', () => {
    const acting = broken('tier: standard}', 'tools: [registry]}');
    const approved = acting.replace(
      'atLeast: 0.75\n      weights: {completeness',
      'atLeast: 0.75\n      approval: person\n      weights: {completeness',
    );
    expect(approved).not.toBe(acting);
    expect(problemsOf(approved)).toEqual([]);
    expect(problemsOf(acting, { ...known, privateArtifacts: [] })).toEqual([]);
    // One behind the other's back: in parallel, the makers of what is private are not read.
    expect(problemsOf(acting.replace('mode: 2 at a time', 'mode: parallel'))).toEqual([]);
  });

  it('lets pass weights that sum to 1 in decimals but not in floats', () => {
    // These sum to 0.9999999999999999 in floats.
    const odd = '{grounding: 0.523658, clarity: 0.000978, completeness: 0.475364}';
    expect(problemsOf(broken('{grounding: 1}', odd))).toEqual([]);
    const words = { ...known, criteria: [...known.criteria, 'a', 'b', 'c', 'd', 'e', 'f', 'g'] };
    const tenths =
      'completeness: 0.1, clarity: 0.1, grounding: 0.1, a: 0.1, b: 0.1, c: 0.1, d: 0.1, e: 0.1, f: 0.1, g: 0.1';
    expect(problemsOf(broken('completeness: 0.3, clarity: 0.4, grounding: 0.3', tenths), words)).toEqual([]);
  });
});
