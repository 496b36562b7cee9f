// What is said of each state a piece can be in; and the error a failure goes back to.

import { describe, expect, it } from '@jest/globals';
import type { Piece, Standing } from '../../cli/why/piece.ts';
import { explainRun, type Why } from '../../cli/why.ts';
import type { AttemptRow } from '../../store/attempts.ts';
import type { PhaseRow } from '../../store/phases.ts';
import type { RunRow } from '../../store/runs.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { smallPipeline } from '../lambdas/small-run.ts';
import { attemptRow } from '../store/rows.ts';
import { at, START } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';

const [intake] = smallPipeline.phases;
const pipeline = {
  ...smallPipeline,
  phases: [intake, { ...intake, id: 'prd', needs: ['IdeaSpec'], makes: ['PRD'] }] as typeof smallPipeline.phases,
};
const phase = (change: Partial<PhaseRow> = {}): PhaseRow => ({
  runId: 'r1',
  phase: 'intake',
  status: 'running',
  attempt: 1,
  startedAt: START,
  ...change,
});
const task = (change: Partial<TaskRow> = {}): TaskRow =>
  ({ ...plannedTask(), status: 'planned', try: 1, failures: [], plannedAt: START, pardoned: 0, ...change }) as TaskRow;
const why = (parts: Partial<Standing>, run: Partial<RunRow> = {}): Why =>
  explainRun(
    {
      run: { runId: 'r1', status: 'RUNNING', ...run } as RunRow,
      phases: [phase()],
      attempts: [] as AttemptRow[],
      tasks: [],
      pipeline,
      ...parts,
    } as Standing,
    Date.parse(at(600)),
  );
const said = (parts: Partial<Standing>, piece: string, run: Partial<RunRow> = {}): Piece | undefined =>
  why(parts, run).pieces.find((one) => one.piece === piece);

const TASK = 'task constraints of intake';
const failure = (number: number, code: string) => ({ try: number, code, cause: `cause ${number}`, at: at(number) });

describe('a task', () => {
  it.each<[string, Partial<TaskRow>, string, RegExp]>([
    ['in the queue', {}, 'waits in the queue', /no worker has taken it for 10 min/],
    [
      'under way',
      { status: 'claimed', owner: 'w-1', heartbeatAt: at(560), progress: 0.4 },
      'is worked on',
      /try 1 by w-1, 40 % done, last heartbeat 40 s ago/,
    ],
    ['silent', { status: 'claimed', heartbeatAt: at(100) }, 'is silent', /last heartbeat 500 s ago; the next sweep/],
    [
      'backing off',
      { try: 2, delaySeconds: 30, failures: [failure(1, 'IdeaMine.RateLimit')] },
      'waits for its next try',
      /try 2 after 30 s; before that: it failed of IdeaMine.RateLimit: cause 1/,
    ],
    ['out of time', { status: 'continuing' }, 'waits in the queue', /a fresh one goes on from its last step/],
    [
      'set aside',
      { status: 'set-aside', try: 2, failures: [failure(1, 'IdeaMine.Stalled'), failure(2, 'IdeaMine.Budget')] },
      'is set aside',
      /2 tries failed, the last of IdeaMine.Budget: cause 2, first IdeaMine.Stalled: cause 1/,
    ],
  ])('%s', (_, change, state, because) => {
    const piece = said({ tasks: [task(change)] }, TASK);
    expect(piece).toMatchObject({ state });
    expect(piece?.because).toMatch(because);
  });
});

describe('a phase', () => {
  it('waits for a person, and says why it had to ask', () => {
    const attempts = [
      attemptRow({ phase: 'intake', reasons: ['clarity is 0.5'], verdict: 'failed', endedAt: at(300) }),
    ];
    const phases = [phase({ status: 'waiting', askedAt: at(300) })];
    expect(said({ phases, attempts }, 'phase intake')).toMatchObject({
      state: 'waits for a person',
      because: expect.stringContaining('clarity is 0.5) and it waits for 5 min for approve, waive or reject'),
    });
    expect(why({ phases, attempts }).began).toMatchObject({ code: 'IdeaMine.GateFailed', cause: 'clarity is 0.5' });
  });

  it('that has not begun names what it needs, and what became of that', () => {
    expect(said({}, 'phase prd')).toMatchObject({ state: 'waits for its turn', because: 'it needs intake' });
    const failed = [phase({ status: 'failed', reason: 'the gate failed' })];
    const piece = said({ phases: failed }, 'phase prd', { status: 'FAILED' });
    expect(piece).toMatchObject({ state: 'was not reached', because: 'it needs intake, which failed' });
  });
});

it('goes back to the first error of what is lost, not to the last', () => {
  const lost = task({ status: 'set-aside', failures: [failure(1, 'IdeaMine.Stalled'), failure(2, 'IdeaMine.Schema')] });
  const other = task({ task: 'x', agent: 'x', status: 'set-aside', failures: [failure(3, 'IdeaMine.Unknown')] });
  expect(why({ tasks: [other, lost] }).began).toMatchObject({ code: 'IdeaMine.Stalled', at: at(1) });
  expect(why({}).began).toBeNull();
});
