// Acceptance criterion 5, on the real handlers: what an author left open is asked, answered from the sources and validated; every
// accepted pair is a binding, and kmap.delta lists it with its frame. What nobody can answer becomes an assumption.

import { afterEach, expect, it } from '@jest/globals';
import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import type { Binding, OpenAssumption } from '../../core/clarification/knowledge.ts';
import { listTasks } from '../../store/task-row.ts';
import { builtInPipeline, exampleIdea, modelled } from './broken.ts';
import { altered, type Drive, holding, openDrive } from './drive.ts';

let drive: Drive;
afterEach(() => drive.close());

interface Clarified {
  readonly decided: string;
  readonly bindings: readonly Binding[];
  readonly assumptions: readonly OpenAssumption[];
  readonly filled: readonly string[];
}

async function clarifications(): Promise<Clarified[]> {
  const entries = (await drive.outbox()).flatMap(({ entries = [] }) => entries);
  return entries.filter(({ who }) => who === 'clarification').map(({ body }) => body as unknown as Clarified);
}

const silentOn = (...fields: readonly ('problem' | 'description')[]) =>
  altered('intake', (result) => {
    const spec = structuredClone(result.artifacts.IdeaSpec) as IdeaSpec;
    for (const field of fields) spec[field] = { text: 'UNKNOWN', cites: [] };
    return { ...result, artifacts: { IdeaSpec: spec } };
  });

it('criterion 5: every accepted validation is a binding listed in kmap.delta', async () => {
  drive = await openDrive({
    idea: exampleIdea,
    pipeline: holding(builtInPipeline),
    agents: [silentOn('problem', 'description')],
  });
  await drive.through('intake');
  const bindings = (await clarifications()).flatMap((one) => one.bindings);
  expect(bindings.length).toBeGreaterThan(0);
  const deltas = (await drive.outbox())
    .flatMap(({ events = [] }) => events)
    .filter(({ type }) => type === 'kmap.delta')
    .map(({ detail }) => detail as unknown as { frames: { binding: string }[]; bindings: { id: string }[] });
  expect(deltas.flatMap((delta) => delta.bindings.map(({ id }) => id)).sort()).toEqual(
    bindings.map(({ id }) => id).sort(),
  );
  expect(deltas.flatMap((delta) => delta.frames.map(({ binding }) => binding)).sort()).toEqual(
    bindings.map(({ id }) => id).sort(),
  );
  for (const { validation } of bindings) {
    expect(validation.grounding).toBeGreaterThanOrEqual(0.7);
    expect(validation.completeness).toBeGreaterThanOrEqual(0.7);
    expect(validation.specificity).toBeGreaterThanOrEqual(0.6);
    expect(validation.consistency).toBeGreaterThanOrEqual(0.8);
    expect(validation.mean).toBeGreaterThanOrEqual(0.7);
  }
});

it('fills what was left open, before the gate', async () => {
  drive = await openDrive({ idea: exampleIdea, pipeline: holding(builtInPipeline), agents: [silentOn('problem')] });
  await drive.through('intake');
  const { problem } = await drive.content<IdeaSpec>('IdeaSpec');
  expect(problem.text).not.toBe('UNKNOWN');
  const [cite] = problem.cites;
  expect(exampleIdea.slice(cite?.start, cite?.end).replace(/\s+/g, ' ')).toBe(problem.text);
  expect((await clarifications()).flatMap(({ filled }) => filled)).toHaveLength(1);
});

it('makes an assumption with owner and mitigation of what nobody can answer, and asks it once', async () => {
  const idea = 'Shed is a web application that lends tools to members.\n\nMembers must be able to reserve a tool.\n';
  drive = await openDrive({ idea, pipeline: holding(builtInPipeline) });
  await drive.through('intake');
  const assumptions = (await clarifications()).flatMap((one) => one.assumptions);
  expect(assumptions.length).toBeGreaterThan(0);
  expect(new Set(assumptions.map(({ question }) => question)).size).toBe(assumptions.length);
  for (const { owner, mitigation, because } of assumptions) {
    expect(owner).toBe('product');
    expect(mitigation).toMatch(/stays UNKNOWN/);
    expect(because).toMatch(/nothing in the sources|less than/);
  }
});

it('asks an author who may answer otherwise again, more strictly, while too few answers are grounded', async () => {
  const idea = 'Shed is a web application that lends tools to members.\n\nMembers must be able to reserve a tool.\n';
  drive = await openDrive({ idea, ...modelled(holding(builtInPipeline)) });
  await drive.through('intake');
  const rounds = await clarifications();
  expect(rounds).toHaveLength(3);
  const tasks = await listTasks(drive.tables.table, 'r1', 'intake');
  const asking = tasks.filter(({ agent }) => agent === 'clarify-question');
  expect(asking.map(({ strict }) => strict)).toEqual([false, true, true]);
});

it('feeds the next attempt: what was answered is known to its agents, and fills what they leave open again', async () => {
  const told: string[] = [];
  const forgetful = altered('constraints', (result, ctx) => {
    told.push(...(ctx.input.knowledge ?? []).map(({ decision }) => decision.pointer));
    return ctx.attempt === 1 ? { ...result, artifacts: { ConstraintsList: { constraints: [] } } } : result;
  });
  drive = await openDrive({
    idea: exampleIdea,
    ...modelled(holding(builtInPipeline, 'intake')),
    agents: [silentOn('problem'), forgetful],
  });
  const state = await drive.through('intake');
  expect(state).toMatchObject({ ok: true, attempt: 2 });
  expect(told).toContain('/problem');
  expect((await drive.content<IdeaSpec>('IdeaSpec')).problem.text).not.toBe('UNKNOWN');
});
