// Fixes: each issue kind has its own, each really changes the next attempt, one that was carried out before has failed, and what is
// left to people says so. And a task whose work would be the same keeps its result.

import { describe, expect, it } from '@jest/globals';
import type { Agent } from '../../agents/sdk/agent.ts';
import { type Directions, directionsAfter, issuesFor, noDirections, phaseWith } from '../../core/gates/directions.ts';
import { fixOf } from '../../core/gates/fixes.ts';
import type { Issue } from '../../core/gates/report.ts';
import type { Phase } from '../../core/pipeline/model.ts';
import { makersOf } from '../../lambdas/gate/makers.ts';
import { type Circumstances, remediesFor } from '../../lambdas/gate/remedies.ts';
import { sameWork } from '../../lambdas/plan/reuse.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { attemptRow } from '../store/rows.ts';
import { plannedTask } from '../store/tasks.ts';
import { smallPipeline } from './small-run.ts';

const [phase] = smallPipeline.phases as [Phase];
const issue = (kind: Issue['kind'], text = 'it is wrong'): Issue => ({ kind, fix: fixOf[kind], source: 's', text });
const now: Circumstances = {
  strict: false,
  deterministic: true,
  tasksLost: false,
  directions: noDirections,
  tried: new Set(),
  makersOf: () => [],
};
const agent = (id: string, change: Partial<Agent> = {}): Agent => ({
  id,
  title: id,
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['IdeaSpec'],
  run: async () => ({ artifacts: {} }),
  ...change,
});

describe('a remedy', () => {
  it.each([
    ['grounding', 'ask-again-stricter', true],
    ['contradiction', 'stricter-validation', true],
    ['ambiguity', 'stricter-validation', true],
    ['vulnerability', 'rerun-security', true],
    ['scope', 'reduce-scope', true],
    ['coverage', 'add-missing-agents', false],
    ['missing', 'add-missing-agents', false],
    ['other', 'manual', false],
  ] as const)('of %s is %s; alone with a deterministic author it is carried out: %s', (kind, fix, automatic) => {
    expect(remediesFor([issue(kind)], now)).toMatchObject([{ fix, automatic }]);
  });

  it.each([
    ['an agent can be added', { makersOf: () => ['nfrs'] }, { automatic: true, add: ['nfrs'] }],
    ['tasks were lost', { tasksLost: true }, { automatic: true }],
    ['the author may answer otherwise', { deterministic: false }, { automatic: true }],
  ])('of something missing is carried out where %s', (_what, change, expected) => {
    expect(remediesFor([issue('missing')], { ...now, ...change })).toMatchObject([expected]);
  });

  it('is not carried out twice for the same issue, and says that it has failed', () => {
    const tried = new Set(['rerun-security: vulnerability: it is wrong']);
    expect(remediesFor([issue('vulnerability'), issue('vulnerability', 'another')], { ...now, tried })).toMatchObject([
      { automatic: false, because: 'the fix was carried out before and has failed' },
      { automatic: true },
    ]);
  });

  it('is not carried out where nothing would be stricter than it was', () => {
    const strict = { ...now, strict: true, directions: { ...noDirections, validation: 'strict' as const } };
    expect(remediesFor([issue('grounding'), issue('contradiction')], strict).map(({ automatic }) => automatic)).toEqual(
      [false, false],
    );
  });
});

describe('directions', () => {
  it('reduce the scope by .7 each time, keep what was added, and tell of the last gate’s issues only', () => {
    const first = directionsAfter(noDirections, [
      { issue: 'scope: too many', fix: 'reduce-scope' },
      { issue: 'missing: no nfrs', fix: 'add-missing-agents', add: ['nfrs'], artifacts: ['PRD'] },
    ]);
    expect(first).toMatchObject({ scope: 0.7, added: ['nfrs'], validation: 'normal' });
    const second = directionsAfter(first, [{ issue: 'scope: still too many', fix: 'reduce-scope' }]);
    expect(second).toMatchObject({ scope: 0.49, added: ['nfrs'], issues: [{ kind: 'scope', text: 'still too many' }] });
    expect(directionsAfter(first, [{ issue: 'contradiction: a b', fix: 'stricter-validation' }])).toMatchObject({
      validation: 'strict',
      scope: 0.7,
    });
  });

  it('tell an agent of what is in its artifacts, and of what is in nobody’s', () => {
    const issues = [
      { kind: 'missing' as const, text: 'a', artifacts: ['PRD'] },
      { kind: 'missing' as const, text: 'b', artifacts: ['RTM'] },
      { kind: 'other' as const, text: 'c' },
    ];
    expect(issuesFor({ ...noDirections, issues }, ['RTM']).map(({ text }) => text)).toEqual(['b', 'c']);
  });

  it('add an agent once, behind the phase’s own, without tools', () => {
    expect(phaseWith(phase, ['intake', 'nfrs']).agents.slice(1)).toEqual([{ id: 'nfrs', tier: 'standard', tools: [] }]);
    expect(phaseWith(phase, ['intake'])).toBe(phase);
  });
});

it('an agent is added that makes what is missing, makes nothing else, and can read what it reads', () => {
  const agents = [
    agent('intake'),
    agent('good'),
    agent('elsewhere', { makes: ['PRD'] }),
    agent('more', { makes: ['IdeaSpec', 'PRD'] }),
    agent('blind', { reads: ['PRD'] }),
  ];
  expect(makersOf(agents, phase, ['IdeaSpec'])).toEqual(['good']);
});

describe('a result is kept', () => {
  const directed = (directions: Partial<Directions>) =>
    attemptRow({ attempt: 2, fixes: ['a fix'], directions: { ...noDirections, ...directions } });
  const task = plannedTask({ attempt: 2 });
  const earlier = { ...plannedTask({ attempt: 1 }), status: 'committed', result: { sha256: 'r', bytes: 1 } } as TaskRow;
  const same = agent(task.agent);

  it('where the input is the same and the gate found nothing in it', () => {
    expect(sameWork(task, same, directed({}), [earlier])).toBe(earlier);
  });

  it.each([
    [
      'the agent is told of an issue',
      {},
      directed({ issues: [{ kind: 'missing', text: 'x', artifacts: ['IdeaSpec'] }] }),
    ],
    ['it is to work again', {}, directed({ rerun: ['*'] })],
    ['the scope is smaller', {}, directed({ scope: 0.7 })],
    ['it reads something else', { inputs: { IdeaSpec: { sha256: 'n', bytes: 1 } } }, directed({})],
    ['it is asked more strictly', { strict: true }, directed({})],
    ['the attempt repeats one that broke off', {}, attemptRow({ attempt: 2, directions: noDirections })],
    ['the attempt clarifies', {}, { ...directed({}), stage: 'clarify' as const }],
  ])('not where %s', (_what, change, attempt) => {
    expect(sameWork({ ...task, ...change }, same, attempt, [earlier])).toBeUndefined();
  });

  it('not of a task that made nothing', () => {
    expect(sameWork(task, same, directed({}), [{ ...earlier, status: 'set-aside' }])).toBeUndefined();
  });
});
