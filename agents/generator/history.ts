// The project as its artifacts tell it: the build, and every story after it, as files and as commits. Whoever has the
// artifacts can write the same repository, to the last hash.

import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { TestSuite } from '../../core/artifacts/test-suite.ts';
import { inPathOrder, sourceFiles } from './project.ts';
import { buildCommit, type CommitFile, type CommitPlan } from './repository.ts';

export interface ProjectParts {
  readonly code: SourceCode;
  readonly tests: TestSuite;
  readonly stories: ImplementedStories['stories'];
}

/** One commit for the build and one for each story that changed something, in the order of their numbers. */
export function commitsOf({ code, tests, stories }: ProjectParts): CommitPlan[] {
  const built = inPathOrder([...sourceFiles(code), ...tests.files]);
  const known = new Map(built.map(({ path, text }) => [path, text]));
  const later = inNumberOrder(stories).flatMap(({ story, title, changes = [] }): CommitPlan[] => {
    const files = changes
      .filter(({ path, text }) => known.get(path) !== text)
      .map(({ path, text }) => ({ path, text }));
    for (const { path, text } of files) known.set(path, text);
    return files.length === 0 ? [] : [{ message: `${story}: ${title.text}`, files }];
  });
  return [buildCommit(built), ...later];
}

/** The files after the last commit, in path order. */
export function filesOf(commits: readonly CommitPlan[]): CommitFile[] {
  const files = new Map(commits.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)));
  return [...files].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function inNumberOrder(stories: ProjectParts['stories']): ProjectParts['stories'] {
  const number = (story: string) => Number(story.slice(1));
  return [...stories].sort((a, b) => number(a.story) - number(b.story));
}
