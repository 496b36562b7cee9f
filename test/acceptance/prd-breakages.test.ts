// Four of the ten breakages, in the PRD's gate: a contradiction, a false citation, an untraced story, too large a scope. Each is
// made by an agent in place of the built-in one; everything else is the real catalogue and the real handlers.

import { afterEach, describe, expect, it } from '@jest/globals';
import type { Agent } from '../../agents/sdk/agent.ts';
import type { PRD } from '../../core/artifacts/prd.ts';
import type { RTM } from '../../core/artifacts/rtm.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import type { Phase, Pipeline } from '../../core/pipeline/model.ts';
import { builtInPipeline, exampleIdea, heeding, modelled } from './broken.ts';
import { altered, type Drive, holding, openDrive } from './drive.ts';

const PHASES = ['intake', 'ideation', 'critique', 'prd'] as const;

let drive: Drive;
afterEach(() => drive.close());

async function prdWith(agents: readonly Agent[], pipeline: Pipeline = holding(builtInPipeline, 'prd')) {
  drive = await openDrive({ idea: exampleIdea, pipeline, agents });
  const state = await drive.through(...PHASES);
  return { state, attempts: await drive.attempts('prd') };
}

it('passes as it is', async () => {
  const { state, attempts } = await prdWith([]);
  expect(attempts.map(({ verdict, reasons }) => ({ verdict, reasons }))).toEqual([{ verdict: 'passed', reasons: [] }]);
  expect(state.ok).toBe(true);
});

describe('a contradiction in the PRD', () => {
  const nfrs = altered('nfrs', (result) => {
    const prd = structuredClone(result.artifacts.PRD) as Pick<PRD, 'nfrs'>;
    const [first] = prd.nfrs.filter(({ statement }) => /within 2 seconds/.test(statement.text));
    if (first === undefined) throw new Error('the idea no longer says within 2 seconds');
    const text = first.statement.text.replace('must load', 'must not load');
    prd.nfrs.push({ ...first, id: `N${prd.nfrs.length + 1}`, statement: { ...first.statement, text } });
    return { ...result, artifacts: { ...result.artifacts, PRD: prd } };
  });

  it('criterion 4: blocks the gate and is named as the reason; stricter validation withdraws what no source says', async () => {
    const { state, attempts } = await prdWith([nfrs]);
    const [first, second] = attempts;
    expect(first).toMatchObject({ verdict: 'failed' });
    expect(first?.reasons?.join('\n')).toMatch(
      /guard contradictions: found 1 .*must load.*must not load|guard contradictions: found 1 .*must not load.*must load/,
    );
    expect(first?.remedies).toContainEqual(expect.objectContaining({ fix: 'stricter-validation', automatic: true }));
    expect(second).toMatchObject({ verdict: 'passed', directions: { validation: 'strict' } });
    expect(state.ok).toBe(true);
    const decisions = (await drive.outbox()).flatMap(({ entries = [] }) => entries.map(({ body }) => body));
    expect(decisions).toContainEqual(
      expect.objectContaining({
        decided: 'statements withdrawn',
        withdrawn: [expect.objectContaining({ text: expect.stringContaining('must not load') })],
      }),
    );
  });
});

describe('a false citation', () => {
  const writer = altered('prd-writer', (result) => {
    const prd = structuredClone(result.artifacts.PRD) as Pick<PRD, 'goals'>;
    const [goal] = prd.goals;
    const [cite] = goal?.cites ?? [];
    // Asked more strictly it may rather say nothing.
    if (goal === undefined || cite === undefined) return result;
    goal.cites = [{ ...cite, start: 100_000, end: 100_010 }];
    return { ...result, artifacts: { ...result.artifacts, PRD: prd } };
  });

  it('is found by the citations guard and named; the next attempt does without it', async () => {
    const { state, attempts } = await prdWith([writer]);
    expect(attempts[0]?.reasons?.join('\n')).toMatch(/guard citations: .*PRD\.goals\[0\] cites .* which is not there/);
    expect(attempts[0]?.remedies).toContainEqual(
      expect.objectContaining({ fix: 'ask-again-stricter', automatic: true }),
    );
    expect(attempts[1]).toMatchObject({ verdict: 'passed', strict: true });
    expect(state.ok).toBe(true);
    const { goals } = await drive.content<PRD>('PRD');
    expect(goals.flatMap(({ cites }) => cites).filter(({ start }) => start === 100_000)).toEqual([]);
  });
});

describe('an untraced story', () => {
  const forget = (stories: UserStories): UserStories => ({
    stories: stories.stories.map((story, at) => (at === 1 ? { ...story, requirements: [] } : story)),
  });
  const breaks = altered('story-cutter', (result) => ({
    ...result,
    artifacts: { UserStories: forget(result.artifacts.UserStories as UserStories) },
  }));

  it('is found by the tracing guard and named; an author who can answer otherwise is told, and traces it', async () => {
    drive = await openDrive({
      ...modelled(holding(builtInPipeline, 'prd')),
      idea: exampleIdea,
      agents: [heeding('story-cutter', breaks)],
    });
    const state = await drive.through(...PHASES);
    const [first, second] = await drive.attempts('prd');
    expect(first?.reasons?.join('\n')).toMatch(
      /guard stories-traced: found 1 untraced stories and 1 unserved requirements/,
    );
    expect(first?.issues).toContainEqual('coverage: S2 serves no requirement');
    expect(second).toMatchObject({ verdict: 'passed' });
    expect(state.ok).toBe(true);
  });

  it('goes to people where the same author would only say the same again', async () => {
    const { state, attempts } = await prdWith([breaks]);
    expect(state.next).toBe('escalate');
    expect(attempts).toHaveLength(1);
  });
});

describe('an agent the pipeline left out', () => {
  it('is added when the gate misses what it makes, and nobody else works again for it', async () => {
    const held = holding(builtInPipeline, 'prd');
    const without = (phase: Phase) => ({ ...phase, agents: phase.agents.filter(({ id }) => id !== 'nfrs') });
    const phases = held.phases.map((phase) => (phase.id === 'prd' ? without(phase) : phase));
    const { state, attempts } = await prdWith([], { ...held, phases });
    expect(attempts[0]?.reasons?.join('\n')).toMatch(/not made: PRD: nfrs/);
    expect(attempts[1]).toMatchObject({ verdict: 'passed', directions: { added: ['nfrs'] } });
    expect(state.ok).toBe(true);
    const kept = (await drive.outbox()).filter(({ id }) => id.startsWith('reused.prd')).map(({ id }) => id);
    expect(kept).toContainEqual(expect.stringContaining('story-cutter'));
    expect(kept).not.toContainEqual(expect.stringContaining('nfrs'));
  });
});

describe('too large a scope', () => {
  it('is found by the scope guard and reduced by .7; what is left for later is named', async () => {
    const held = holding(builtInPipeline, 'prd');
    const limit = 8;
    const pipeline: Pipeline = {
      ...held,
      phases: held.phases.map((phase) =>
        phase.id !== 'prd'
          ? phase
          : {
              ...phase,
              gate: {
                ...phase.gate,
                guards: phase.gate.guards.map((guard) =>
                  guard.criterion === 'scope' ? { ...guard, atMost: limit } : guard,
                ),
              },
            },
      ),
    };
    const { state, attempts } = await prdWith([], pipeline);
    expect(attempts[0]?.reasons?.join('\n')).toMatch(/guard scope: found \d+ UserStories.stories, expected at most 8/);
    expect(attempts[0]?.remedies).toContainEqual(expect.objectContaining({ fix: 'reduce-scope', automatic: true }));
    expect(attempts[1]).toMatchObject({ verdict: 'passed', directions: { scope: 0.7 } });
    expect(state.ok).toBe(true);
    expect((await drive.content<UserStories>('UserStories')).stories.length).toBeLessThanOrEqual(limit);
    expect((await drive.content<RTM>('RTM')).deferred?.length).toBeGreaterThan(0);
  });
});
