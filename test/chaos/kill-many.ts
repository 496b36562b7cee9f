// Kills processes that work on the mixed world, at moments drawn by seed, until it was done often enough, and looks at what they
// leave: every file must come to the outcome of an undisturbed world.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mix } from '../../local/world/random.ts';
import { openWorld } from '../../local/world.ts';
import { begin, CODE, finish, flaws, histories, outcomes } from './mixed-world.ts';

const START = Date.UTC(2026, 0, 1);
/** Executions a world starts with: enough that a process is killed some times before all have ended. */
const RUNS = 20;
/** A file whose process never lives long enough would never end: from this kill on it is left alone. */
const MOST_KILLS = 40;
const script = join(import.meta.dirname, 'kill-child.ts');

export interface KilledWorld {
  readonly kills: number;
  /** Kills after the process had begun to work, not while it opened the file. */
  readonly atWork: number;
  readonly executions: number;
  readonly problems: readonly string[];
}

/** Yields a result a world, until there were `kills` of them in all. */
export async function* killMany(kills: number, seed: number): AsyncGenerator<KilledWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'killed-'));
  try {
    const folder = join(dir, 'code');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.js'), CODE);
    const expected = await undisturbed(folder);
    let done = 0;
    for (let n = 0; done < kills; n += 1) {
      const file = join(dir, `world-${n}.sqlite`);
      const result = await killOne(folder, file, Math.min(kills - done, MOST_KILLS), mix(seed, n), expected);
      done += result.kills;
      yield result;
      // Whoever cannot go on after a kill would not be killed again.
      if (result.executions === 0) return;
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      if (n > 10 + kills) throw new Error(`only ${done} of ${n} processes were killed before their end`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function undisturbed(folder: string): Promise<string[]> {
  const world = await openWorld({ clock: { kind: 'virtual', start: START }, seed: 1 });
  await begin(world, folder, RUNS);
  await finish(world);
  const all = await histories(world);
  await world.close();
  const found = flaws(all);
  if (found.length > 0) throw new Error(`undisturbed: ${found.join('; ')}`);
  return outcomes(all);
}

async function killOne(
  folder: string,
  file: string,
  most: number,
  seed: number,
  expected: readonly string[],
): Promise<KilledWorld> {
  let kills = 0;
  let atWork = 0;
  for (;;) {
    const draw = mix(seed, kills);
    // One in six dies at a moment after its start, which may be while it opens the file; the others at work.
    const life = kills >= most ? undefined : { early: draw % 6 === 0, ms: (draw >>> 8) % (draw % 6 === 0 ? 400 : 250) };
    const end = await live([folder, file, String(RUNS), String(seed + kills)], life);
    if (end === 'done') break;
    if (typeof end === 'object')
      return { kills, atWork, executions: 0, problems: [`after ${kills} kills ${end.broken}`] };
    kills += 1;
    if (end === 'killed at work') atWork += 1;
  }
  const world = await openWorld({ clock: { kind: 'virtual', start: START }, file, reading: true });
  const all = await histories(world);
  await world.close();
  const found = outcomes(all);
  const problems = flaws(all);
  if (found.join() !== expected.join()) {
    const unlike = found.filter((one) => !expected.includes(one));
    problems.push(`${found.length} executions for ${expected.length}; unlike the undisturbed: ${unlike.slice(0, 3)}`);
  }
  return { kills, atWork, executions: all.length, problems };
}

type End = 'done' | 'killed at work' | 'killed early' | { readonly broken: string };

/** One process; killed `ms` after its start (`early`) or after it has begun to work. */
function live(args: readonly string[], life: { early: boolean; ms: number } | undefined): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let problems = '';
    const kill = () => setTimeout(() => child.kill('SIGKILL'), life?.ms);
    if (life?.early) kill();
    child.stderr.on('data', (text) => {
      problems += text;
    });
    child.stdout.on('data', (text) => {
      out += text;
      if (life && !life.early && text.includes('begun')) kill();
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(out.includes('begun') ? 'killed at work' : 'killed early');
      else if (code === 0) resolve('done');
      else resolve({ broken: `a process ended with ${signal ?? code}: ${problems}` });
    });
  });
}
