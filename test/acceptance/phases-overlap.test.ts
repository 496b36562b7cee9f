// Acceptance criterion 10, on the synthesized template of the built-in pipeline and the real handlers: phases that do not
// need each other overlap in time, and none begins before what it needs was handed on.

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { edgesOf } from '../../core/graph/graph.ts';
import { phaseGraph } from '../../core/graph/phase-graph.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import type { Faults } from '../../local/faults.ts';
import type { PhaseRow } from '../../store/phases.ts';
import { runUnder } from '../chaos/run-with-faults.ts';
import { root } from '../infra/synthesize.ts';
import { type Made, make } from './made.ts';

const PIPELINE = 'pipelines/idea-to-release.yaml';

/** Every write of a worker takes a minute: in virtual time work would take none. */
const slowly: Faults = {
  draw: ({ operation, principal }) =>
    operation === 'TransactWriteItems' && principal?.includes('worker') ? { kind: 'delay', ms: 60_000 } : undefined,
};

let made: Made;
let rows: ReadonlyMap<string, PhaseRow>;
beforeAll(async () => {
  made = make(PIPELINE);
  const { phases } = await runUnder(made.assembly, made.idea, slowly);
  rows = new Map(phases.map((row) => [row.phase, row]));
}, 240_000);
afterAll(() => made.remove());

const begun = (phase: string): number => Date.parse(rows.get(phase)?.startedAt ?? '');
const ended = (phase: string): number => Date.parse(rows.get(phase)?.endedAt ?? '');
const overlap = (a: string, b: string): boolean => begun(a) < ended(b) && begun(b) < ended(a);

it('criterion 10: security and story-loop overlap, qa and aesthetic, and bizdev with architecture', () => {
  expect(overlap('security', 'story-loop')).toBe(true);
  expect(overlap('qa', 'aesthetic')).toBe(true);
  expect(overlap('bizdev', 'architecture')).toBe(true);
});

it('criterion 10: no phase begins before what it needs was handed on', () => {
  const edges = edgesOf(phaseGraph(readPipeline(`${root}/${PIPELINE}`).phases));
  const early = edges.filter(([from, to]) => rows.has(from) && rows.has(to) && begun(to) < ended(from));
  expect(early).toEqual([]);
  expect(edges.length).toBeGreaterThan(12);
});
