// Puts the project a run built into its folder: a git repository with the build and every story as commits. The commits
// are made from the artifacts again; their hash says whether it is the
// project that was judged.

import { existsSync, promises, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commitsOf } from '../agents/generator/history.ts';
import { REPOSITORY_FOLDER, writeRepository } from '../agents/generator/repository.ts';
import type { ImplementedStories } from '../core/artifacts/implemented-stories.ts';
import type { RepoManifest } from '../core/artifacts/repo-manifest.ts';
import type { SourceCode } from '../core/artifacts/source-code.ts';
import type { TestSuite } from '../core/artifacts/test-suite.ts';
import { type ArtifactRow, getEnvelope, listArtifacts } from '../store/artifacts.ts';
import type { Stage } from './stage.ts';

export interface HandedProject {
  readonly folder: string;
  /** Of the last commit. */
  readonly commit: string;
  /** Whether it is the recorded one: false when the artifacts were changed after they were made. */
  readonly isRecorded: boolean;
}

/**
 * Null when the run did not get as far as a project. One that is there already is left alone when it has the same
 * commit, and put aside as `project.N` when it has another.
 */
export async function handOverProject(stage: Stage, runId: string, dir: string): Promise<HandedProject | null> {
  const rows = await listArtifacts(stage.table, runId);
  const content = async <T>(type: string): Promise<T | undefined> => {
    const row = rows.find((one): one is ArtifactRow => one.type === type);
    return row && ((await getEnvelope(stage.bucket, runId, row)).content as T);
  };
  const code = await content<SourceCode>('SourceCode');
  const tests = await content<TestSuite>('TestSuite');
  const manifest = await content<RepoManifest>('RepoManifest');
  if (code?.parts === undefined || tests?.files === undefined || manifest === undefined) return null;
  const implemented = await content<ImplementedStories>('ImplementedStories');
  const folder = join(dir, REPOSITORY_FOLDER);
  const fresh = `${folder}.part`;
  rmSync(fresh, { recursive: true, force: true });
  const commits = commitsOf({ code, tests, stories: implemented?.stories ?? [] });
  await promises.mkdir(fresh, { recursive: true });
  const hashes = await writeRepository({ promises }, fresh, commits);
  const built = manifest.commit.status === 'measured' ? manifest.commit.value : hashes[0];
  const isRecorded = built === hashes[0] && (implemented?.head ?? hashes.at(-1)) === hashes.at(-1);
  const commit = hashes.at(-1) as string;
  if ((await headOf(folder)) === commit) rmSync(fresh, { recursive: true });
  else {
    if (existsSync(folder)) renameSync(folder, aside(folder));
    renameSync(fresh, folder);
  }
  return { folder, commit, isRecorded };
}

async function headOf(folder: string): Promise<string | undefined> {
  const text = await promises.readFile(join(folder, '.git/refs/heads/main'), 'utf8').catch(() => undefined);
  return text?.trim();
}

function aside(folder: string): string {
  for (let number = 1; ; number += 1) {
    if (!existsSync(`${folder}.${number}`)) return `${folder}.${number}`;
  }
}
