// Durability: a world killed at any commit goes on from its file to the same outcome, its history without gap or repeat.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryItem, TestWorld } from './test-world.ts';
import { begin, drive, EXPECTED, openWorkload } from './workload.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'states-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const ARN = 'arn:aws:states:us-east-1:111111111111:execution:parent:the-run';

const counted = (history: readonly HistoryItem[]) => {
  const counts = new Map<string, number>();
  for (const { type } of history) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
};

function checkHistory(history: readonly HistoryItem[]): void {
  for (const [i, event] of history.entries()) {
    expect(event.id).toBe(i + 1);
    expect(event.previousEventId).toBeLessThan(event.id);
  }
  const text = JSON.stringify(history);
  expect(new Set(history.map((event) => event.id)).size).toBe(history.length);
  expect(text).not.toContain('undefined');
}

async function undisturbed(): Promise<{ turns: number; counts: Record<string, number> }> {
  const world = openWorkload({ seed: 7, fine: true });
  const before = world.turns;
  const arn = begin(world);
  expect(await drive(world, arn)).toBe(true);
  const { status, output } = world.describe(arn);
  expect({ status, output: JSON.parse(String(output)) }).toEqual({ status: 'SUCCEEDED', output: EXPECTED });
  const history = world.history(arn);
  checkHistory(history);
  return { turns: world.turns - before, counts: counted(history) };
}

/** Runs the workload, killing the world after every so many turns as `distance` draws; tells how often. */
async function killed(file: string, distance: () => number): Promise<{ world: TestWorld; kills: number }> {
  let world = openWorkload({ file, seed: 7, fine: true });
  begin(world);
  let kills = 0;
  for (; !(await drive(world, ARN, distance())); kills++) {
    const { now } = world;
    world.close();
    world = openWorkload({ file, seed: 8 + kills, start: now, fine: true });
  }
  return { world, kills };
}

/** Whole numbers from `least` to `most`, the same ones each time. */
function numbers(least: number, most: number): () => number {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return least + ((state >>> 8) % (most - least + 1));
  };
}

describe('a killed world', () => {
  it('reaches the undisturbed outcome from a kill at every single turn', async () => {
    const { turns, counts } = await undisturbed();
    expect(turns).toBeGreaterThan(30);
    for (let at = 2; at < turns; at++) {
      const file = join(dir, `once-${at}.db`);
      let world = openWorkload({ file, seed: 7, fine: true });
      begin(world);
      const ended = await drive(world, ARN, at);
      const { now } = world;
      world.close();
      world = openWorkload({ file, seed: 1000 + at, start: now, fine: true });
      if (!ended) expect(await drive(world, ARN)).toBe(true);
      const { status, output } = world.describe(ARN);
      expect({ at, status, output: JSON.parse(String(output)) }).toEqual({ at, status: 'SUCCEEDED', output: EXPECTED });
      const history = world.history(ARN);
      checkHistory(history);
      expect({ at, counts: counted(history) }).toEqual({ at, counts });
      world.close();
    }
  });

  it('gets there though it is killed a thousand times', async () => {
    const { counts } = await undisturbed();
    const distance = numbers(3, 9);
    let total = 0;
    for (let run = 0; total < 1000; run++) {
      const { world, kills } = await killed(join(dir, `often-${run}.db`), distance);
      total += kills;
      const { status, output } = world.describe(ARN);
      expect({ status, output: JSON.parse(String(output)) }).toEqual({ status: 'SUCCEEDED', output: EXPECTED });
      const history = world.history(ARN);
      checkHistory(history);
      expect(counted(history)).toEqual(counts);
      const rows = (table: string) => Number(world.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
      expect({ strands: rows('sfn_strand'), items: rows('sfn_items') }).toEqual({ strands: 0, items: 0 });
      expect(world.db.prepare("SELECT count(*) AS n FROM sfn_execution WHERE status = 'RUNNING'").get()?.n).toBe(0);
      world.close();
    }
  });
});

describe('determinism', () => {
  it('gives one history for one seed', async () => {
    const histories = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const world = openWorkload({ seed: 3 });
      const arn = begin(world);
      await drive(world, arn);
      histories.add(JSON.stringify(world.history(arn)));
    }
    expect(histories.size).toBe(1);
  });
});
