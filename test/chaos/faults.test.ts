// Services throttled, replies lost, calls doubled, workers and handlers killed; runs stopped and resumed: each ends as an
// undisturbed one, with the same artifacts, and nothing is lost, repeated or left behind.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../core/ledger/verify.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { bundleHandlers } from '../../infra/bundles.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { type Assembly, readAssembly } from '../../local/assembly.ts';
import { root, synthesize } from '../infra/synthesize.ts';
import { type Aftermath, runWithFaults, stopAndResume } from './run-with-faults.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const RATE = 0.04;

let assembly: Assembly;
let idea: string;
let undisturbed: Aftermath;
const folders: string[] = [];

beforeAll(async () => {
  const pipeline = join(root, 'examples/pipelines/merge.yaml');
  const into = mkdtempSync(join(tmpdir(), 'ideamine-chaos-'));
  const pinned = pinPipeline(readPipeline(pipeline));
  const bundles = bundleHandlers({ handlers: join(root, 'lambdas'), into, pipeline: pinned });
  const { dir } = synthesize({ pipeline }, bundles);
  folders.push(into, dir);
  assembly = readAssembly(dir, undefined, { accountId: '000000000000', region: 'us-east-1' });
  idea = readFileSync(join(root, 'examples/ideas/tool-library.md'), 'utf8');
  undisturbed = await runWithFaults(assembly, idea, 0, 0);
}, 120_000);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface CommittedTask {
  readonly task: string;
  readonly outcome: string;
  readonly steps: readonly { readonly name: string }[];
}

function expectWhole(aftermath: Aftermath): void {
  const { run, tasks, ledger, events, outbox } = aftermath;
  expect(verifyChain(ledger)).toMatchObject({ ok: true });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  // Everything that was to be told was told, once.
  expect(ledger).toHaveLength(outbox.reduce((sum, { entries }) => sum + (entries ?? []).length, 0));
  expect(events).toHaveLength(outbox.reduce((sum, { events: told }) => sum + (told ?? []).length, 0));
  const committed = ledger
    .filter(({ kind }) => kind === 'task')
    .map(({ body }) => body as unknown as CommittedTask)
    .filter(({ outcome }) => outcome === 'committed');
  expect(committed.map(({ task }) => task).sort()).toEqual([...new Set(committed.map(({ task }) => task))].sort());
  expect(committed).toHaveLength(tasks.filter(({ status }) => status === 'committed').length);
  for (const { steps } of committed) expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
  // Nobody's token is left in a row, no task in anyone's hands, no schedule in the group.
  expect(tasks.filter(({ token, status }) => token !== undefined || status === 'claimed')).toEqual([]);
  expect(aftermath.schedules).toEqual([]);
  expect(run?.endedAt).toBeDefined();
}

describe('a run', () => {
  it('undisturbed is whole', () => {
    expect(undisturbed.status).toBe('SUCCEEDED');
    expect(undisturbed.faults).toBe(0);
    expectWhole(undisturbed);
  });

  it.each(SEEDS)('under faults, seed %i, ends as the undisturbed one', async (seed) => {
    const aftermath = await runWithFaults(assembly, idea, seed, RATE);
    expect(aftermath.faults).toBeGreaterThan(0);
    expectWhole(aftermath);
    expect(aftermath.run?.status).toBe(undisturbed.run?.status);
    expect(aftermath.artifacts).toBe(undisturbed.artifacts);
    expect(aftermath.phases.map(({ phase, verdict }) => [phase, verdict])).toEqual(
      undisturbed.phases.map(({ phase, verdict }) => [phase, verdict]),
    );
  });

  it.each([20, 50, 80, 110, 140])(
    'stopped after %i turns has a partial dossier, and resumed ends as the undisturbed one',
    async (turns) => {
      const { stopped, resumed } = await stopAndResume(assembly, idea, turns);
      expect(stopped).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('the execution was stopped') });
      expect(stopped?.dossier).toBeDefined();
      expectWhole(resumed);
      expect(resumed.run).toMatchObject({ runId: 'run-1', status: 'SUCCEEDED', openings: 2 });
      expect(resumed.artifacts).toBe(undisturbed.artifacts);
    },
  );
});
