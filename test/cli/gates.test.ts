// A failed gate under `--gates enforce`: the command that asks nobody ends; one that waits is answered from another terminal, and
// what a person may not let pass is refused there. `gate explain` shows what the gate saw and computes it again.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import { type Ended, ideamine, lastJson, newHome, repository, type Started, start, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');

let home: TestHome;
let dir: string;
let pipeline: string;
beforeAll(() => {
  home = newHome();
  dir = mkdtempSync(join(tmpdir(), 'ideamine-gates-'));
  pipeline = join(dir, 'out-of-reach.yaml');
  const text = readFileSync(join(repository, 'examples', 'pipelines', 'sequential.yaml'), 'utf8');
  // No idea is that clear: the gate fails, and no fix helps the offline author.
  writeFileSync(pipeline, text.replace(/^ {6}weights: .*$/m, '      weights: {completeness: 0.5, risk-coverage: 0.5}'));
});
afterAll(() => {
  home.remove();
  rmSync(dir, { recursive: true, force: true });
});

const run = (name: string, ...more: string[]): Started =>
  start(home, [
    'run',
    IDEA,
    '--offline',
    '--pipeline',
    pipeline,
    '--gates',
    'enforce',
    '--name',
    name,
    '--json',
    ...more,
  ]);

/** Answers until the gate waits: before that the command says so and exits with 2. */
async function untilAnswered(...args: string[]): Promise<Ended> {
  for (;;) {
    const ended = await ideamine(home, ...args);
    if (ended.code !== 2 || !/waits for no decision|no run|not begun|has begun|never started/.test(ended.stderr))
      return ended;
  }
}

describe('a failed gate under enforce', () => {
  it('ends a command that has no terminal, and says who rejected it', async () => {
    const ended = await run('ends').ended;
    expect(ended.code).toBe(1);
    expect(lastJson<RunResult>(ended)).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining('asks nobody'),
    });
  }, 120_000);

  it('waits with --wait, refuses a waiver without terms, and goes on when it is approved', async () => {
    const waiting = run('waits', '--wait');
    const refused = await untilAnswered(
      'waive',
      'waits',
      'intake',
      '--owner',
      'ann',
      '--justification',
      'j',
      '--control',
      'c',
      '--expires',
      '2000-01-01',
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/waiver: found an expiry .* expected 1 to 30/);
    const approved = await ideamine(
      home,
      'approve',
      'waits',
      'intake',
      '--by',
      'ann',
      '--because',
      'it is a rehearsal',
    );
    expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('intake of waits: approve') });
    const ended = await waiting.ended;
    expect(ended.stderr).toMatch(/intake: its gate failed and waits for a decision/);
    expect(lastJson<RunResult>(ended)).toMatchObject({
      status: 'SUCCEEDED',
      phases: [{ id: 'intake', gate: { verdict: 'advised' } }],
    });
  }, 180_000);

  it('is explained: every criterion with evidence, formula and share, and the same when computed again', async () => {
    const { code, stdout } = await ideamine(home, 'gate', 'explain', 'waits', 'intake');
    expect(code).toBe(0);
    expect(stdout).toMatch(/completeness \(computed\): [\d.]+, weight 0.5, share 0.5, gives/);
    expect(stdout).toMatch(/formula: {2}required fields present and not UNKNOWN \/ required fields/);
    expect(stdout).toMatch(/It failed:/);
    expect(stdout).toMatch(/Recomputed from the kept artifacts: the same report\./);
    const json = await ideamine(home, 'gate', 'explain', 'waits', 'intake', '--json');
    expect(lastJson<{ recomputed: string }>(json).recomputed).toBe('same');
  }, 60_000);

  it('is not answered twice, nor where there is nothing to answer', async () => {
    const late = await ideamine(home, 'approve', 'waits', 'intake');
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('found handed-on, expected waiting') });
    const nobody = await ideamine(home, 'reject', 'nothing', 'intake');
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no run nothing') });
    const unknown = await ideamine(home, 'gate', 'explain', 'waits', 'prd');
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('found no gate report') });
  }, 60_000);
});
