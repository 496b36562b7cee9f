import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { codeFolder } from '../lambda/code-folder.ts';
import { CODE } from './workload.ts';

const run = promisify(execFile);
const child = join(import.meta.dirname, 'determinism-child.ts');
const burners: ChildProcess[] = [];

afterAll(() => {
  for (const burner of burners) burner.kill('SIGKILL');
});

async function once(folder: string, seed: number): Promise<string> {
  const { stdout } = await run(process.execPath, [child, folder, String(seed)]);
  return stdout.trim();
}

describe('one seed', () => {
  it('gives one log, byte for byte, also with both cores busy beside it; another seed gives another', async () => {
    const folder = codeFolder(CODE);
    const quiet = await once(folder, 1);
    for (let i = 0; i < 2; i++) burners.push(spawn(process.execPath, ['-e', 'for (;;) ;'], { stdio: 'ignore' }));
    const busy = [await once(folder, 1), await once(folder, 1), await once(folder, 1)];
    const other = await once(folder, 2);
    expect(quiet).toMatch(/^200 [0-9a-f]{64}$/);
    expect(new Set([quiet, ...busy]).size).toBe(1);
    expect(other).toMatch(/^200 /);
    expect(other).not.toBe(quiet);
  });
});
