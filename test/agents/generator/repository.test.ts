import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, promises, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryFiles } from '../../../agents/generator/memory-files.ts';
import { writeRepository } from '../../../agents/generator/repository.ts';

const commits = [
  {
    message: 'Build the service',
    files: [
      { path: 'src/a/b.ts', text: 'export const b = 1;\n' },
      { path: 'README.md', text: '# ünï\n' },
    ],
  },
  { message: 'S1: change it', files: [{ path: 'src/a/b.ts', text: 'export const b = 2;\n' }] },
];

describe('a repository', () => {
  let folder = '';
  let hashes: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'repository-'));
    hashes = await writeRepository({ promises }, folder, commits);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the same commits in memory as on disk, and the next time', async () => {
    expect(await writeRepository(memoryFiles(), '/any', commits)).toEqual(hashes);
    expect(await writeRepository(memoryFiles(), '/other', commits)).toEqual(hashes);
    expect(hashes[0]).toMatch(/^[0-9a-f]{40}$/);
  });

  it('has another commit as soon as one byte differs', async () => {
    const [first] = commits;
    const other = [{ message: 'Build the service', files: [...(first?.files ?? []), { path: 'x', text: '' }] }];
    expect((await writeRepository(memoryFiles(), '/', other))[0]).not.toBe(hashes[0]);
  });

  const withGit = hasGit() ? it : it.skip;
  withGit(`is one that git reads: a log, no complaint, a clean work tree${hasGit() ? '' : ' (needs git)'}`, () => {
    const ask = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(ask('log', '--format=%H %an %s', '--reverse').trim().split('\n')).toEqual([
      `${hashes[0]} IdeaMine Build the service`,
      `${hashes[1]} IdeaMine S1: change it`,
    ]);
    expect(ask('fsck', '--strict')).toBe('');
    expect(ask('status', '--porcelain')).toBe('');
    expect(readFileSync(join(folder, 'src/a/b.ts'), 'utf8')).toBe('export const b = 2;\n');
  });

  it.each(['../x', '/x', 'a//b', '.git/config', 'a/../../x'])('refuses a file at %s', async (path) => {
    const files = [{ path, text: '' }];
    await expect(writeRepository(memoryFiles(), '/', [{ message: 'm', files }])).rejects.toThrow('inside the project');
  });
});

function hasGit(): boolean {
  return spawnSync('git', ['--version']).status === 0;
}
