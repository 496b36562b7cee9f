// A run is killed by SIGKILL at a random moment and resumed: it completes, what it had committed is not done again, and
// what it makes equals what an undisturbed run makes.
//
// The moments are drawn by seed over the length of an undisturbed run; RESUME_KILLS sets how many (the default is what
// the README's test command runs).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import { canonicalJson } from '../../core/json.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import { verifyChain } from '../../core/ledger/verify.ts';
import { ideamine, lastJson, newHome, repository, start, type TestHome } from './command.ts';
import { storedSteps } from './stored-steps.ts';

const KILLS = Number(process.env.RESUME_KILLS ?? 50);
/** As many at once as there are cores to spare on a small machine. */
const AT_ONCE = 2;
const IDEA = join(repository, 'examples', 'ideas', 'vineyard-logger.md');
/** Measurements vary from run to run, so they are replayed. */
const REPLAY = ['--replay-measurements', join(repository, 'examples', 'measurements')] as const;
const RUN = ['run', IDEA, '--offline', '--json', ...REPLAY, '--name', 'the-run'] as const;

interface Kept {
  readonly canonical: string;
  readonly steps: ReadonlyMap<string, number>;
}

/** What of a finished run must not depend on how often it was interrupted, from the files it handed over. */
function kept(result: RunResult & { ledger: string }): Kept {
  const dossier = JSON.parse(readFileSync(result.dossier?.json as string, 'utf8')) as { canonical: unknown };
  const lines = readFileSync(result.ledger, 'utf8').trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as LedgerEntry);
  expect(verifyChain(entries)).toMatchObject({ ok: true });
  const steps = new Map<string, number>();
  for (const { kind, body } of entries) {
    const task = body as { task: string; outcome?: string; steps?: { name: string; runs: number }[] };
    if (kind !== 'task' || task.outcome !== 'committed') continue;
    for (const step of task.steps ?? []) {
      const name = `${task.task} ${step.name}`;
      // A step that stands in two entries was committed twice.
      expect([name, steps.has(name)]).toEqual([name, false]);
      steps.set(name, step.runs);
    }
  }
  return { canonical: canonicalJson(dossier.canonical), steps };
}

/** Moments spread over the run, the same on every machine relative to its length. */
function moments(lengthMs: number): number[] {
  let state = 20261122;
  return Array.from({ length: KILLS }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.round((state / 0x7fffffff) * lengthMs);
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns how many steps were committed before the kill, or null when the run had ended already. */
async function killAndResume(afterMs: number, undisturbed: Kept): Promise<number | null> {
  const home = newHome();
  try {
    const run = start(home, RUN);
    await Promise.race([pause(afterMs), run.ended]);
    run.child.kill('SIGKILL');
    const killed = await run.ended;
    const before = await storedSteps(home);
    const ended =
      killed.signal === null
        ? killed
        : before === null
          ? // It had not written anything yet: there is nothing to resume, and a new run starts clean.
            await ideamine(home, ...RUN)
          : await ideamine(home, 'resume', 'the-run', '--json');
    const neverStarted = /there is no run the-run/.test(ended.stderr);
    const final = neverStarted ? await ideamine(home, ...RUN) : ended;
    const result = lastJson<RunResult & { ledger: string }>(final);
    expect({ after: afterMs, status: result.status, code: final.code }).toEqual({
      after: afterMs,
      status: 'SUCCEEDED',
      code: 0,
    });
    const after = kept(result);
    expect(after.canonical).toBe(undisturbed.canonical);
    expect([...after.steps.keys()].sort()).toEqual([...undisturbed.steps.keys()].sort());
    for (const [name, runs] of before ?? []) expect([name, after.steps.get(name)]).toEqual([name, runs]);
    return killed.signal === null ? null : (before?.size ?? 0);
  } finally {
    home.remove();
  }
}

describe('a run killed at a random moment', () => {
  let home: TestHome;
  let undisturbed: Kept;
  let lengthMs = 0;

  beforeAll(async () => {
    home = newHome();
    // The first one may have to synthesize; the second gives the length.
    await ideamine(home, ...RUN.slice(0, -1), 'warm-up');
    const from = performance.now();
    const ended = await ideamine(home, ...RUN);
    lengthMs = performance.now() - from;
    undisturbed = kept(lastJson(ended));
  }, 300_000);
  afterAll(() => home.remove());

  it(`completes, ${KILLS} times, with nothing done again and nothing different`, async () => {
    const left = moments(lengthMs);
    const committed: (number | null)[] = [];
    const worker = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        committed.push(await killAndResume(next, undisturbed));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(committed).toHaveLength(KILLS);
    // The moments must have met runs in their middle, or the test shows nothing.
    const inTheMiddle = committed.filter((steps) => steps !== null && steps > 0 && steps < undisturbed.steps.size);
    expect(inTheMiddle.length).toBeGreaterThan(KILLS / 4);
  }, 1_800_000);
});
