import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mix } from '../../../local/world/random.ts';
import { codeFolder, emptyFolder } from '../lambda/code-folder.ts';
import { CODE } from './workload.ts';

const child = join(import.meta.dirname, 'kill-child.ts');
// Enough for several lives on a fast machine.
const MESSAGES = 1600;

/** Output when it ended by itself, undefined when it was killed after `killAfterMs`. */
function life(folder: string, file: string, killAfterMs: number | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [child, folder, file, String(MESSAGES)]);
    let out = '';
    let problems = '';
    process_.stdout.on('data', (chunk) => {
      out += chunk;
    });
    process_.stderr.on('data', (chunk) => {
      problems += chunk;
    });
    const killer = killAfterMs === undefined ? undefined : setTimeout(() => process_.kill('SIGKILL'), killAfterMs);
    process_.on('close', (code, signal) => {
      clearTimeout(killer);
      if (signal === 'SIGKILL') resolve(undefined);
      else if (code === 0) resolve(out);
      else reject(new Error(`exit ${code}: ${problems}`));
    });
  });
}

describe('a world on a file', () => {
  it('goes on after SIGKILL at any moment: every message is worked on, told and counted, and none is left', async () => {
    const folder = codeFolder(CODE);
    const file = join(emptyFolder(), 'world.sqlite');
    let kills = 0;
    for (; kills < 12; kills++) {
      const ended = await life(folder, file, 250 + (mix('kill', kills) % 500));
      if (ended !== undefined) break;
    }
    expect(kills).toBeGreaterThan(3);
    const out = JSON.parse((await life(folder, file, undefined)) ?? '{}');
    expect(out).toEqual({ counted: MESSAGES, done: MESSAGES, left: '0' });
  }, 120_000);
});
