// A phase from begin to hand-on:
//   1. begin, decide and resolve answer the same when asked twice
//   2. a passed gate hands on; a failed one is tried again only where another try would do something differently
//   3. enforce escalates, advise hands on as advised, but never what was not made
//   4. a person's answer is checked: a waiver is bounded, vulnerabilities are neither waived nor approved
//   5. a resumed run goes on where it was

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { begin } from '../../lambdas/phase/begin.ts';
import { decide } from '../../lambdas/phase/decide.ts';
import type { PhaseDeps } from '../../lambdas/phase/deps.ts';
import { escalate } from '../../lambdas/phase/escalate.ts';
import { resolve } from '../../lambdas/phase/resolve.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import { type GateResult, getAttempt, type Remedy, recordGate, recordRound } from '../../store/attempts.ts';
import { partition } from '../../store/keys.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { awaitDecision, beginPhase, getPhase, type PhaseRow } from '../../store/phases.ts';
import type { GatesMode } from '../../store/runs.ts';
import { endRun } from '../../store/runs.ts';
import { queryRows } from '../../store/table.ts';
import { setAside } from '../../store/task-outcome.ts';
import { listTasks, planTask } from '../../store/task-row.ts';
import { attemptRow } from '../store/rows.ts';
import { at, openTables, type Tables } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';
import { type RecordedSchedules, recordSchedules } from './recorders.ts';
import { EXECUTION, openSmallRun, smallPipeline } from './small-run.ts';

let tables: Tables;
let schedules: RecordedSchedules;
let deps: PhaseDeps;

const open = async (gates: GatesMode, pipeline?: Pipeline) => {
  tables = await openTables();
  schedules = recordSchedules();
  await openSmallRun(tables, pipeline, { gates });
  deps = {
    table: tables.table,
    bucket: tables.bucket,
    pipelines: cachedPipelines(tables.bucket),
    schedules,
    timerFunction: 'arn:timer',
    now: () => at(5),
  };
};
beforeEach(() => open('enforce'));
afterEach(() => tables.world.close());

const name = { runId: 'r1', phase: 'intake' };
const row = async (): Promise<PhaseRow> => (await getPhase(tables.table, 'r1', 'intake')) as PhaseRow;
const stricter: Remedy = { issue: 'grounding: a', fix: 'ask-again-stricter', automatic: true, strict: true };
const manual: Remedy = { issue: 'other: b', fix: 'manual', automatic: false, strict: false };
const report = { key: 'k', sha256: 'd'.repeat(64) };

/** Lets the gate of an attempt say something. */
async function gateSays(attempt: number, change: Partial<GateResult> = {}): Promise<void> {
  const found = await getAttempt(tables.table, 'r1', 'intake', attempt);
  if (found === undefined) throw new Error('no attempt');
  const remedies = change.remedies ?? [];
  const refused = found.refused ?? [];
  const gate = { verdict: 'failed' as const, score: 0.4, report, reasons: ['too vague'], refused, at: at(4), remedies };
  const issues = remedies.map(({ issue }) => issue);
  await recordGate(
    tables.table,
    found,
    { ...gate, issues, refused: found.refused ?? [], ...change },
    { id: `gate.${attempt}`, at: at(4) },
  );
}

/** The attempt's round refuses IdeaSpec, since one of its two tasks was set aside. */
async function makeNothing(code = 'IdeaMine.Authentication', cause = 'no key is set'): Promise<void> {
  const attempt = await getAttempt(tables.table, 'r1', 'intake', 1);
  if (attempt === undefined) throw new Error('no attempt');
  for (const task of ['writer', 'reader']) {
    await planTask(tables.table, plannedTask({ task, agent: task }), at(1));
  }
  const writer = (await listTasks(tables.table, 'r1')).find(({ task }) => task === 'writer');
  if (writer === undefined) throw new Error('no task');
  const failure = { try: 1, code, cause, at: at(2) };
  await setAside(tables.table, writer, [failure], { id: 'aside', at: at(2) });
  const round = { round: 1, last: { sha256: 'e', bytes: 2 }, refused: ['IdeaSpec: no agent made it'] };
  await recordRound(tables.table, attempt, round, [], { id: 'round', at: at(3) });
}

const eventTypes = async (): Promise<string[]> => {
  const rows = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#');
  return rows.flatMap(({ events }) => events ?? []).map(({ type }) => type);
};

describe('begin', () => {
  it('starts the first attempt and says so once', async () => {
    const first = await begin(deps, 'r1', 'intake');
    expect(first).toEqual({ ...name, attempt: 1, next: 'attempt', ok: false });
    expect(await begin(deps, 'r1', 'intake')).toEqual(first);
    expect((await eventTypes()).filter((type) => type === 'phase.started')).toHaveLength(1);
  });

  it('returns at once what was handed on', async () => {
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { verdict: 'passed', score: 0.9 });
    await decide(deps, { ...name, attempt: 1 });
    expect(await begin(deps, 'r1', 'intake')).toEqual({ ...name, attempt: 1, next: 'done', ok: true });
  });

  it('starts nothing in a run that has ended', async () => {
    const dossier = { json: '', html: '', sha256: '' };
    const end = { executionArn: EXECUTION, status: 'FAILED' as const, at: at(1), cause: '', dossier };
    await endRun(tables.table, 'r1', end, { id: 'e', at: at(1) });
    expect(await begin(deps, 'r1', 'intake')).toMatchObject({ next: 'done', ok: false });
    expect(await row()).toBeUndefined();
  });

  it('hands on what passed before the run was cut short', async () => {
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { verdict: 'passed', score: 0.9 });
    expect(await begin(deps, 'r1', 'intake')).toMatchObject({ next: 'done', ok: true });
    expect((await row()).verdict).toBe('passed');
  });

  it('gives a failed phase of a resumed run its next attempt', async () => {
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { remedies: [manual] });
    await resolve(deps, { ...name, attempt: 1, decision: { decision: 'reject', by: 'ann' } });
    expect((await row()).status).toBe('failed');
    expect(await begin(deps, 'r1', 'intake')).toMatchObject({ attempt: 2, next: 'attempt' });
    expect(await row()).toMatchObject({ status: 'running', attempt: 2 });
  });
});

describe('decide', () => {
  beforeEach(() => begin(deps, 'r1', 'intake'));

  it('hands on what passed', async () => {
    await gateSays(1, { verdict: 'passed', score: 0.9 });
    const answer = await decide(deps, { ...name, attempt: 1 });
    expect(answer).toEqual({ ...name, attempt: 1, next: 'done', ok: true });
    expect(await decide(deps, { ...name, attempt: 1 })).toEqual(answer);
    expect(await row()).toMatchObject({ status: 'handed-on', verdict: 'passed', score: 0.9 });
    expect(await eventTypes()).toContain('phase.completed');
  });

  it('waits for a person where the gate asks for one, though it passed, whatever the gates’ mode', async () => {
    const phases = smallPipeline.phases.map((phase) => ({
      ...phase,
      gate: { ...phase.gate, approval: 'person' as const },
    }));
    await tables.world.close();
    await open('advise', { ...smallPipeline, phases });
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { verdict: 'passed', score: 0.9 });
    expect(await decide(deps, { ...name, attempt: 1 })).toMatchObject({ next: 'escalate' });
    expect(await row()).toMatchObject({ status: 'running' });
    await resolve(deps, { ...name, attempt: 1, decision: { decision: 'approve', by: 'ann' } });
    expect(await row()).toMatchObject({
      status: 'handed-on',
      verdict: 'approved',
      reason: 'the gate passed and asks for a person; approved by ann',
    });
  });

  it('tries again with the fixes that can be carried out, once', async () => {
    await gateSays(1, { remedies: [stricter, manual] });
    const answer = await decide(deps, { ...name, attempt: 1 });
    expect(answer).toEqual({ ...name, attempt: 2, next: 'attempt', ok: false });
    expect(await decide(deps, { ...name, attempt: 1 })).toEqual(answer);
    expect(await getAttempt(tables.table, 'r1', 'intake', 2)).toMatchObject({
      strict: true,
      fixes: ['ask-again-stricter: grounding: a'],
      status: 'running',
    });
  });

  it('does not burn a try when no fix can be carried out', async () => {
    await gateSays(1, { remedies: [manual] });
    expect(await decide(deps, { ...name, attempt: 1 })).toMatchObject({ attempt: 1, next: 'escalate' });
  });

  it('does not burn a try when the last one changed nothing', async () => {
    await gateSays(1, { remedies: [stricter] });
    await decide(deps, { ...name, attempt: 1 });
    await gateSays(2, { remedies: [stricter] });
    expect(await decide(deps, { ...name, attempt: 2 })).toMatchObject({ attempt: 2, next: 'escalate' });
  });

  it('stops when the tries are used', async () => {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await gateSays(attempt, { remedies: [{ ...stricter, issue: `grounding: ${attempt}` }] });
      const answer = await decide(deps, { ...name, attempt });
      expect(answer.next).toBe(attempt < 3 ? 'attempt' : 'escalate');
    }
  });

  it('ends, and asks nobody, when its budget is used up', async () => {
    await makeNothing('IdeaMine.Budget', 'a call may cost more than its share has left');
    await gateSays(1, { remedies: [manual] });
    expect(await decide(deps, { ...name, attempt: 1 })).toMatchObject({ next: 'done', ok: false });
    expect(await row()).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('the budget of the phase is used up: writer: a call may cost more'),
    });
  });

  it('in advise hands on as advised, with the reasons on the ledger', async () => {
    await tables.world.close();
    await open('advise');
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { remedies: [manual] });
    expect(await decide(deps, { ...name, attempt: 1 })).toMatchObject({ next: 'done', ok: true });
    expect(await row()).toMatchObject({ verdict: 'advised', reason: expect.stringContaining('too vague') });
    const [ended] = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#phase.ended.intake');
    expect(ended?.entries).toMatchObject([
      { kind: 'decision', body: { decided: 'advised', because: expect.stringContaining('no issue has a fix') } },
    ]);
  });

  it('in advise fails what was not made, with the cause of the tasks that were lost', async () => {
    await tables.world.close();
    await open('advise');
    await begin(deps, 'r1', 'intake');
    await makeNothing();
    await gateSays(1, { remedies: [manual] });
    expect(await decide(deps, { ...name, attempt: 1 })).toMatchObject({ next: 'done', ok: false });
    expect(await row()).toMatchObject({
      verdict: 'failed',
      reason:
        'cannot be handed on: IdeaSpec: no agent made it; task writer failed: IdeaMine.Authentication: no key is set',
    });
    expect(await eventTypes()).toContain('phase.error');
  });

  it('tries again after an attempt that broke off for a passing reason, not after one that cannot get better', async () => {
    const passing = { Error: 'States.Timeout', Cause: '' };
    expect(await decide(deps, { ...name, attempt: 1, error: passing })).toMatchObject({ attempt: 2, next: 'attempt' });
    const lasting = { Error: 'IdeaMine.BadInput', Cause: 'no list' };
    expect(await decide(deps, { ...name, attempt: 2, error: lasting })).toMatchObject({ next: 'done', ok: false });
    expect((await row()).reason).toContain('IdeaMine.BadInput: no list');
  });
});

describe('an escalated gate', () => {
  beforeEach(async () => {
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { remedies: [manual] });
    await decide(deps, { ...name, attempt: 1 });
    await escalate(deps, { op: 'escalate', token: 'approval', ...name, attempt: 1 });
  });
  const answer = (decision: unknown) => resolve(deps, { ...name, attempt: 1, decision });
  const waiver = { owner: 'ann', justification: 'j', compensatingControl: 'c', expiresAt: at(86_400 * 30) };

  it('waits with its token, and is remembered after a day', async () => {
    expect(await row()).toMatchObject({ status: 'waiting', approvalToken: 'approval', askedAt: at(5) });
    expect([...schedules.kept]).toEqual([['r1-approval-reminder-intake', at(5 + 86_400)]]);
    await escalate(deps, { op: 'escalate', token: 'newer', ...name, attempt: 1 });
    expect(await row()).toMatchObject({ approvalToken: 'newer', askedAt: at(5) });
  });

  it('says on the ledger once that it waits, in the transaction that makes it wait', async () => {
    await escalate(deps, { op: 'escalate', token: 'newer', ...name, attempt: 1 });
    const said = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#escalated.intake.1');
    expect(said).toMatchObject([{ entries: [{ body: { decided: 'escalated', because: ['too vague'] } }] }]);
    // A change whose report is refused is not made.
    const other: PhaseRow = { ...name, phase: 'other', status: 'running', attempt: 1, startedAt: at(5) };
    await beginPhase(tables.table, other, attemptRow({ phase: 'other' }), { id: 'begun', at: at(5) });
    const taken = { id: 'escalated.intake.1', at: at(6) };
    expect(await awaitDecision(tables.table, other, 'unsaid', at(6), taken)).toBe(false);
    expect(await getPhase(tables.table, 'r1', 'other')).toEqual(expect.objectContaining(other));
  });

  it('does not wait for a decision on what has ended', async () => {
    await answer({ decision: 'reject', by: 'ann' });
    const again = escalate(deps, { op: 'escalate', token: 'late', ...name, attempt: 1 });
    await expect(again).rejects.toThrow(expect.objectContaining({ code: 'IdeaMine.NothingToDecide' }));
    expect((await row()).approvalToken).toBeUndefined();
    expect(schedules.kept.size).toBe(0);
  });

  it('goes on when it is approved, and forgets token and reminder', async () => {
    expect(await answer({ decision: 'approve', by: 'ann' })).toMatchObject({ next: 'done', ok: true });
    expect(await row()).toMatchObject({ verdict: 'approved', status: 'handed-on' });
    expect((await row()).approvalToken).toBeUndefined();
    expect(schedules.kept.size).toBe(0);
  });

  it('fails when it is rejected, or nobody answers, saying what the gate said', async () => {
    expect(await resolve(deps, { ...name, attempt: 1, error: { Error: 'States.Timeout' } })).toMatchObject({
      ok: false,
    });
    expect((await row()).reason).toMatch(/too vague.*nobody decided: States.Timeout/);
    expect(await answer({ decision: 'approve', by: 'late' })).toMatchObject({ next: 'done', ok: false });
  });

  it('says of a rejected phase that made nothing why its tasks were lost', async () => {
    await tables.world.close();
    await open('enforce');
    await begin(deps, 'r1', 'intake');
    await makeNothing();
    await gateSays(1, { remedies: [manual] });
    await answer({ decision: 'reject', by: 'ann' });
    expect((await row()).reason).toMatch(/task writer failed: IdeaMine.Authentication: no key is set; rejected by ann/);
  });

  it.each([
    [{ decision: 'reject', by: 'ann' }, 'person:ann'],
    [{ decision: 'reject', by: 'ideamine run', kind: 'program' }, 'program:ideamine run'],
    [{ decision: 'waive', by: 'ann', kind: 'person', waiver }, 'person:ann'],
  ])('puts on the ledger who answered %j', async (decision, who) => {
    await answer(decision);
    const [ended] = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#phase.ended.intake');
    expect(ended?.entries).toMatchObject([{ kind: 'decision', who }]);
  });

  it('keeps a waiver with its terms', async () => {
    expect(await answer({ decision: 'waive', by: 'ann', waiver })).toMatchObject({ ok: true });
    expect(await row()).toMatchObject({ verdict: 'waived', waiver });
  });

  it.each([
    ['beyond 30 days', { decision: 'waive', by: 'ann', waiver: { ...waiver, expiresAt: at(86_400 * 31) } }],
    ['in the past', { decision: 'waive', by: 'ann', waiver: { ...waiver, expiresAt: at(0) } }],
    ['without a control', { decision: 'waive', by: 'ann', waiver: { ...waiver, compensatingControl: '' } }],
    ['by nobody', { decision: 'approve' }],
    ['with an unknown word', { decision: 'aprove', by: 'ann' }],
    ['by a kind nobody knows', { decision: 'reject', by: 'ann', kind: 'robot' }],
    ['that is nothing', null],
  ])('refuses an answer %s, and waits again', async (_what, decision) => {
    expect(await answer(decision)).toMatchObject({ next: 'escalate' });
    expect((await row()).status).toBe('waiting');
    const refused = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#refused.intake.1');
    expect(refused).toHaveLength(1);
  });

  it('lets a vulnerability below critical be waived, and not approved', async () => {
    await tables.world.close();
    await open('enforce');
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { remedies: [{ ...manual, issue: 'vulnerability: high: CVE-2 in left-pad 1.0.0' }] });
    await decide(deps, { ...name, attempt: 1 });
    await escalate(deps, { op: 'escalate', token: 'approval', ...name, attempt: 1 });
    expect(await answer({ decision: 'approve', by: 'ann' })).toMatchObject({ next: 'escalate' });
    expect(await answer({ decision: 'waive', by: 'ann', waiver })).toMatchObject({ next: 'done', ok: true });
  });

  it.each([
    ['approves', 'vulnerability: critical: CVE-1', { decision: 'approve', by: 'ann' }],
    ['waives', 'vulnerability: critical: CVE-1', { decision: 'waive', by: 'ann', waiver }],
    ['approves', 'vulnerability: secret (aws-key) at a.ts:1', { decision: 'approve', by: 'ann' }],
    ['waives', 'vulnerability: secret (aws-key) at a.ts:1', { decision: 'waive', by: 'ann', waiver }],
  ])('never %s a gate that found %s, but lets it be rejected', async (_what, issue, decision) => {
    await tables.world.close();
    await open('enforce');
    await begin(deps, 'r1', 'intake');
    await gateSays(1, { remedies: [manual, { ...manual, issue }] });
    await decide(deps, { ...name, attempt: 1 });
    await escalate(deps, { op: 'escalate', token: 'approval', ...name, attempt: 1 });
    expect(await answer(decision)).toMatchObject({ next: 'escalate' });
    expect((await row()).status).toBe('waiting');
    const [refused] = await queryRows<OutboxRow>(tables.table, partition('r1'), 'OUT#refused.intake.1');
    expect(refused?.entries).toMatchObject([{ body: { because: expect.stringContaining(`found ${issue}`) } }]);
    expect(await answer({ decision: 'reject', by: 'ann' })).toMatchObject({ next: 'done', ok: false });
  });
});
