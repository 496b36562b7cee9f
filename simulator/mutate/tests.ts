// The tests of the guard's own room, run on a copy of the sources without the guard.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { installation } from '../../cli/home.ts';
import type { SourceGuard } from './source-guards.ts';

const COPIED = [
  'agents',
  'cli',
  'core',
  'lambdas',
  'local',
  'pipelines',
  'examples',
  'infra',
  'statemachines',
  'store',
  'test',
];
const FILES = ['jest.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** @returns who objected, or null. */
export async function missedByTests(guard: SourceGuard): Promise<string | null> {
  const copy = mkdtempSync(join(tmpdir(), 'ideamine-mutant-'));
  try {
    for (const name of [...COPIED, ...FILES]) cpSync(join(installation, name), join(copy, name), { recursive: true });
    symlinkSync(join(installation, 'node_modules'), join(copy, 'node_modules'));
    const file = relative(installation, guard.file);
    writeFileSync(join(copy, file), guard.without);
    const room = file.startsWith('store') ? ['test/store', 'test/lambdas'] : ['test/lambdas'];
    return (await fails(copy, room)) ? `tests of ${room.join(' and ')}` : null;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function fails(dir: string, rooms: readonly string[]): Promise<boolean> {
  const jest = join(dir, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, ['--experimental-vm-modules', jest, '--bail', '--testPathPatterns', ...rooms], {
    cwd: dir,
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code !== 0));
  });
}
