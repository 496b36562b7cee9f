// A rehearsal of fifty hours: the same seed gives the same ledger, byte for byte, whatever else the machine does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../cli/result.ts';
import { overlaps } from '../../cli/timeline.ts';
import { ideamine, lastJson, newHome, repository, type TestHome } from './command.ts';

const IDEA = join(repository, 'examples', 'ideas', 'tool-library.md');
const HOUR_MS = 3_600_000;

type Result = RunResult & { ledger: string; ledgerSha256: string; virtualMs: number };

/** Threads that do nothing but burn their core until stopped. */
function burn(cores: number): () => Promise<unknown> {
  const workers = Array.from({ length: cores }, () => new Worker('for (;;) {}', { eval: true }));
  return () => Promise.all(workers.map((worker) => worker.terminate()));
}

describe('rehearse --hours 50', () => {
  let home: TestHome;
  let first: Result;
  let firstLedger: string;
  beforeAll(async () => {
    home = newHome();
    first = lastJson(await ideamine(home, 'rehearse', IDEA, '--hours', '50', '--json'));
    firstLedger = readFileSync(first.ledger, 'utf8');
  }, 600_000);
  afterAll(() => home.remove());

  it('takes about fifty hours of its own time', () => {
    expect(first.status).toBe('SUCCEEDED');
    expect(first.virtualMs).toBeGreaterThan(35 * HOUR_MS);
    expect(first.virtualMs).toBeLessThan(75 * HOUR_MS);
  });

  it('overlaps security and story-loop', () => {
    const phases = first.phases.map(({ id, start, end }) => ({ id, start, end: end as string, mark: '' }));
    const pairs = overlaps(phases).map(({ pair }) => [...pair].sort().join('+'));
    expect(pairs).toEqual(expect.arrayContaining(['security+story-loop', 'architecture+bizdev', 'aesthetic+qa']));
  });

  it('gives the same ledger for the same seed, with every core busy beside it', async () => {
    const stop = burn(2);
    try {
      const again = lastJson<Result>(await ideamine(home, 'rehearse', IDEA, '--hours', '50', '--json'));
      expect(readFileSync(again.ledger, 'utf8')).toBe(firstLedger);
    } finally {
      await stop();
    }
  }, 900_000);

  it('gives another ledger for another seed', async () => {
    const other = lastJson<Result>(await ideamine(home, 'rehearse', IDEA, '--hours', '50', '--seed', '2', '--json'));
    expect(other.status).toBe('SUCCEEDED');
    expect(other.ledgerSha256).not.toBe(first.ledgerSha256);
  }, 600_000);
});
