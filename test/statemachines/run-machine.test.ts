// How a run goes through its phases: the run machine as it is, over a phase machine whose verdicts the test decides.

import { afterEach, describe, expect, it } from '@jest/globals';
import type { Definition } from '../../statemachines/asl.ts';
import { sampleMachines } from './sample.ts';
import { HandlerError, openStage, type Stage } from './stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

type Verdict = 'handed on' | 'given up' | 'broken';

/** Takes a minute for each phase, then ends as told. */
function phasesThat(verdicts: Readonly<Record<string, Verdict>>): Definition {
  const named = (verdict: Verdict) =>
    // Somebody must lead to every state, even where no phase of the test does.
    ['nobody', ...Object.keys(verdicts).filter((phase) => verdicts[phase] === verdict)].map((phase) => ({
      Variable: '$.phase',
      StringEquals: phase,
      Next: verdict,
    }));
  return {
    Comment: 'phases as the test wants them',
    TimeoutSeconds: 3600,
    StartAt: 'work',
    States: {
      work: { Type: 'Wait', Seconds: 60, Next: 'end' },
      end: { Type: 'Choice', Choices: [...named('given up'), ...named('broken')], Default: 'handed on' },
      'handed on': { Type: 'Pass', Parameters: { 'runId.$': '$.runId', 'phase.$': '$.phase', ok: true }, End: true },
      'given up': { Type: 'Pass', Parameters: { 'runId.$': '$.runId', 'phase.$': '$.phase', ok: false }, End: true },
      broken: { Type: 'Fail', Error: 'IdeaMine.Unknown', Cause: 'the phase handler is gone' },
    },
  };
}

async function run(verdicts: Readonly<Record<string, Verdict>>) {
  const opened = await openStage(
    { run: sampleMachines().run, phase: phasesThat(verdicts) },
    {
      open: () => ({ runId: 'r-1', ok: true }),
      close: ({ runId }) => {
        const failed = Object.values(verdicts).some((verdict) => verdict !== 'handed on');
        return { runId, status: failed ? 'FAILED' : 'SUCCEEDED', cause: failed ? 'a phase failed' : 'all passed' };
      },
    },
  );
  stage = opened;
  const ended = await opened.run('run', { idea: 'a text' });
  return { ended, calls: opened.calls, minutes: (opened.world.fabric.clock.now() - Date.parse('2026-11-22')) / 60_000 };
}

const phasesIn = (entered: readonly string[]) =>
  entered.filter((name) => ['intake', 'pricing', 'design', 'frontend', 'backend', 'release'].includes(name));

it('goes through all phases, those side by side at the same time, and is released', async () => {
  const { ended, calls, minutes } = await run({});
  expect(ended.status).toBe('SUCCEEDED');
  expect(phasesIn(ended.entered).toSorted()).toEqual(['backend', 'design', 'frontend', 'intake', 'pricing', 'release']);
  // intake, then design behind which frontend and backend overlap (pricing beside them all), then release.
  expect(minutes).toBe(4);
  expect(calls.map(({ handler }) => handler)).toEqual(['open', 'close']);
});

it('tells open who it is and what it was given, and close the run', async () => {
  const [open, close] = (await run({})).calls.map(({ payload }) => payload as Record<string, unknown>);
  expect(open).toMatchObject({
    input: { idea: 'a text' },
    executionArn: expect.stringContaining(':execution:run:'),
    executionName: expect.any(String),
    startedAt: expect.stringMatching(/^2026-11-22T00:00:00/),
  });
  expect(close).toEqual({
    runId: 'r-1',
    executionArn: open?.executionArn,
    cause: 'finished',
  });
});

describe.each<Verdict>(['given up', 'broken'])('with a phase that is %s', (verdict) => {
  it('stops behind it, closes, and ends with the cause that close names', async () => {
    const { ended, calls } = await run({ intake: verdict });
    expect(phasesIn(ended.entered)).toEqual(['intake']);
    expect(calls.map(({ handler }) => handler)).toEqual(['open', 'close']);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'IdeaMine.RunFailed', cause: 'a phase failed' });
  });

  it('lets its siblings finish what was begun, and does not go on behind the join [safety: failed-branch]', async () => {
    const { ended } = await run({ pricing: verdict });
    expect(phasesIn(ended.entered).toSorted()).toEqual(['backend', 'design', 'frontend', 'intake', 'pricing']);
    expect(ended.status).toBe('FAILED');
  });

  it('hands the verdict out of a join inside a branch', async () => {
    const { ended } = await run({ frontend: verdict });
    expect(phasesIn(ended.entered)).not.toContain('release');
    expect(ended.entered).toContain('pricing + design: not all');
  });
});

it('fails where the input is bad, with the words of open, and closes nothing', async () => {
  stage = await openStage(
    { run: sampleMachines().run, phase: phasesThat({}) },
    {
      open: () => {
        throw new HandlerError('IdeaMine.BadInput');
      },
    },
  );
  const ended = await stage.run('run', {});
  expect(ended).toMatchObject({ status: 'FAILED', error: 'IdeaMine.BadInput' });
  expect(ended.entered).toEqual(['Open']);
});
