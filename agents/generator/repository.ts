// A project as a git repository: one commit after another on `main`, by a fixed author at fixed times, so that the same
// files give the same commit hashes wherever the repository is written.

import type { PromiseFsClient } from 'isomorphic-git';
import { IdeaMineError } from '../../core/errors.ts';

export interface CommitFile {
  readonly path: string;
  readonly text: string;
}

export interface CommitPlan {
  readonly message: string;
  /** Every file the commit adds or changes. */
  readonly files: readonly CommitFile[];
}

/** The commit that holds what the build made. */
export function buildCommit(files: readonly CommitFile[]): CommitPlan {
  return { message: 'Build the service', files: files.map(({ path, text }) => ({ path, text })) };
}

/** Written to `RepoManifest.url`: the repository stands in this folder of the run's files. */
export const REPOSITORY_FOLDER = 'project';
export const GIT_TOOL = 'isomorphic-git 1.44.11';

const AUTHOR = { name: 'IdeaMine', email: 'ideamine@localhost', timezoneOffset: 0 };
/** 2026-01-01T00:00:00Z; each commit is a minute after the one before. */
const FIRST_COMMIT_SECONDS = 1_767_225_600;
const SECONDS_BETWEEN = 60;

/**
 * Makes the repository at `dir`, work tree and index included.
 * @returns the commits' hashes in order.
 * @throws IdeaMineError `IdeaMine.BadFile` for a path that would leave the repository.
 */
export async function writeRepository(
  fs: PromiseFsClient,
  dir: string,
  commits: readonly CommitPlan[],
): Promise<string[]> {
  const { default: git } = await import('isomorphic-git');
  await git.init({ fs, dir, defaultBranch: 'main' });
  const hashes: string[] = [];
  for (const { message, files } of commits) {
    for (const { path, text } of files) {
      await writeFile(fs, dir, path, text);
      await git.add({ fs, dir, filepath: path });
    }
    const author = { ...AUTHOR, timestamp: FIRST_COMMIT_SECONDS + hashes.length * SECONDS_BETWEEN };
    hashes.push(await git.commit({ fs, dir, message, author, committer: author }));
  }
  return hashes;
}

async function writeFile(fs: PromiseFsClient, dir: string, path: string, text: string): Promise<void> {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')) {
    throw new IdeaMineError('IdeaMine.BadFile', `file ${path}: expected a path inside the project`);
  }
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = [dir, ...parts.slice(0, depth)].join('/');
    await fs.promises.mkdir(folder).catch((error: { code?: string }) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  await fs.promises.writeFile(`${dir}/${path}`, text);
}
