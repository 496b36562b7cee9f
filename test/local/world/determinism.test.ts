import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CODE as MIXED } from '../../chaos/mixed-world.ts';
import { codeFolder } from '../lambda/code-folder.ts';
import { CODE } from './workload.ts';

const RUNS = 20;
const run = promisify(execFile);
const child = join(import.meta.dirname, 'determinism-child.ts');
const burners: ChildProcess[] = [];

afterAll(() => {
  for (const burner of burners) burner.kill('SIGKILL');
});

describe('one seed', () => {
  it(`gives one log and one history, byte for byte, ${RUNS} times beside two processes that burn the cores; another seed gives another`, async () => {
    const folders = [codeFolder(CODE), codeFolder(MIXED)];
    const once = async (seed: number) => (await run(process.execPath, [child, ...folders, String(seed)])).stdout.trim();
    const quiet = await once(1);
    for (let i = 0; i < 2; i++) burners.push(spawn(process.execPath, ['-e', 'for (;;) ;'], { stdio: 'ignore' }));
    const busy: string[] = [];
    // Two side by side: they are in each other's way, too.
    while (busy.length < RUNS) busy.push(...(await Promise.all([once(1), once(1)])));
    const other = await once(2);
    expect(quiet).toMatch(/^60 18 [0-9a-f]{64}$/);
    expect(busy).toHaveLength(RUNS);
    expect([...new Set([quiet, ...busy])]).toEqual([quiet]);
    expect(other).toMatch(/^60 18 /);
    expect(other).not.toBe(quiet);
  }, 240_000);
});
