// Acceptance criteria 1, 8 and 9, on the synthesized template of the built-in pipeline and the real handlers in virtual time.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import { builtInPipeline } from './broken.ts';
import { type Carried, carry } from './carried.ts';
import { type Made, make } from './made.ts';

let made: Made;
let run: Carried;
beforeAll(async () => {
  made = make('pipelines/idea-to-release.yaml');
  run = await carry(made.assembly, made.idea);
}, 240_000);
afterAll(() => made.remove());

type Body = Record<string, unknown> & { readonly who: string };

const bodies = (kind: string): Body[] =>
  run.ledger
    .filter((entry) => entry.kind === kind)
    .map(({ who, body }) => ({ ...(body as Record<string, unknown>), who }));

it('criterion 1: the events of a phase arrive in order: started, progress, ready, gate.passed', () => {
  const passed = run.phases.filter(({ verdict }) => verdict === 'passed').map(({ phase }) => phase);
  expect(passed).toEqual(expect.arrayContaining(['intake', 'ideation', 'prd']));
  for (const phase of passed) {
    const seqOf = (type: string) =>
      run.events.filter((event) => event.phase === phase && event.type === type).map(({ seq }) => seq);
    const order = ['phase.started', 'phase.progress', 'phase.ready', 'phase.gate.passed'].map(
      (type) => seqOf(type)[0] ?? Number.NaN,
    );
    expect({ phase, order }).toEqual({ phase, order: [...order].sort((a, b) => a - b) });
    expect(order.every(Number.isInteger)).toBe(true);
  }
  expect(run.events.map(({ seq }) => seq)).toEqual(run.events.map((_, at) => at + 1));
});

it('criterion 8: intake of a real idea gives an IdeaSpec and an evidence pack with real tokens, ms and USD', () => {
  const spec = bodies('artifact').find(({ type }) => type === 'IdeaSpec');
  expect(spec).toBeDefined();
  const gate = bodies('gate').find(({ phase }) => phase === 'intake');
  expect(gate).toMatchObject({ verdict: 'passed', evidence: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const { artifacts, spent } = run.evidence.get('intake') as unknown as {
    artifacts: { type: string; sha256: string }[];
    spent: Spent;
  };
  expect(artifacts).toContainEqual(expect.objectContaining({ type: 'IdeaSpec', sha256: spec?.sha256 }));
  const costs = bodies('cost').filter(({ phase }) => phase === 'intake');
  const sum = (name: string) => costs.reduce((total, cost) => total + Number(cost[name]), 0);
  expect(spent).toMatchObject({ tokens: sum('tokens'), usdMicros: sum('usdMicros') });
  expect(spent.tokens).toBeGreaterThan(0);
  expect(spent.workedMs).toBeGreaterThanOrEqual(0);
  const content = run.contents.get('IdeaSpec') as unknown as IdeaSpec;
  for (const claim of [content.title, content.description, ...content.targetUsers])
    expect(claim.text).not.toBe('UNKNOWN');
});

interface Spent {
  readonly tokens: number;
  readonly usdMicros: number;
  readonly workedMs: number;
}

it('criterion 9: from idea to beta, with no prompt to a person, every decision in the ledger', () => {
  const failed = run.phases.filter(({ status }) => status !== 'handed-on');
  expect(failed.map(({ phase, reason }) => `${phase}: ${reason}`)).toEqual([]);
  expect(run.status).toBe('SUCCEEDED');
  const ids = builtInPipeline.phases.map(({ id }) => id);
  expect(run.phases.map(({ phase, status }) => `${phase} ${status}`).sort()).toEqual(
    ids.map((id) => `${id} handed-on`).sort(),
  );
  const decisions = bodies('decision');
  expect(decisions.filter(({ decided }) => decided === 'escalated')).toEqual([]);
  expect(run.ledger.filter(({ who }) => who.startsWith('person:'))).toEqual([]);
  const ends = decisions.filter(
    ({ phase, decided }) => ids.includes(String(phase)) && ['passed', 'advised'].includes(String(decided)),
  );
  expect(ends.map(({ phase }) => phase).sort()).toEqual([...ids].sort());
});
