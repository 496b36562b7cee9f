// Durability against SIGKILL: a process is killed at random moments and started again until its work is done.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { EXPECTED, openWorkload } from './workload.ts';

const dir = mkdtempSync(join(tmpdir(), 'killed-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const script = new URL('./kill-child.ts', import.meta.url).pathname;

/** Runs the child; kills it `after` ms after it has begun, if given. Resolves to whether it came to its end. */
function run(file: string, seed: number, after: number | undefined): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', script, file, String(seed)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.on('data', (text) => {
      out += text;
      if (after !== undefined && out.includes('begun')) setTimeout(() => child.kill('SIGKILL'), after);
    });
    child.on('close', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(err));
      else resolve(out.includes('done'));
    });
  });
}

it('loses nothing and repeats nothing though killed at random moments', async () => {
  const file = join(dir, 'world.db');
  let kills = 0;
  for (let seed = 1; !(await run(file, seed, seed <= 14 ? (seed * 37) % 90 : undefined)); seed++) kills++;
  expect(kills).toBeGreaterThan(0);
  const world = openWorkload({ file, seed: 99 });
  for (let i = 0; i < 10; i++) {
    const arn = `arn:aws:states:us-east-1:111111111111:execution:parent:run-${i}`;
    const { status, output } = world.describe(arn);
    expect({ status, output: JSON.parse(String(output)) }).toEqual({ status: 'SUCCEEDED', output: EXPECTED });
    const history = world.history(arn);
    expect(history.map((event) => event.id)).toEqual(history.map((_, at) => at + 1));
    expect(
      history.filter((event) => event.type === 'LambdaFunctionSucceeded' || event.type === 'TaskSucceeded'),
    ).toHaveLength(7);
  }
  world.close();
});
