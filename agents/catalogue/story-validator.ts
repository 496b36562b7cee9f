import type { AcceptanceResult, AcceptanceTestResults } from '../../core/artifacts/acceptance-test-results.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { StoryState } from '../../core/artifacts/story-progress.ts';
import type { TestSuite } from '../../core/artifacts/test-suite.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { previousState } from '../domain/story-loop.ts';
import { commitsOf, filesOf } from '../generator/history.ts';
import { memoryFiles } from '../generator/memory-files.ts';
import { writeRepository } from '../generator/repository.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Judges each implemented story by its tests, commits them in order, and says whether every story has been handled. */
export const storyValidator = defineAgent({
  id: 'story-validator',
  title: 'Story validator',
  workerClass: 'tools',
  reads: ['UserStories', 'SourceCode', 'TestSuite', 'ImplementedStories', 'AcceptanceTestResults'],
  makes: ['StoryProgress', 'ImplementedStories'],
  async run(ctx) {
    const planned = ctx.input.artifact<UserStories>('UserStories').stories;
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories').stories;
    const { results } = ctx.input.artifact<AcceptanceTestResults>('AcceptanceTestResults');
    const before = previousState(ctx).StoryProgress?.stories ?? [];
    const stories = await ctx.step('judge the stories', () =>
      planned
        .filter(({ id }) => implemented.some(({ story }) => story === id))
        .map(({ id }): StoryState => {
          const round = before.find(({ story }) => story === id)?.round ?? ctx.round;
          return { story: id, round, ...judge(results.filter(({ story }) => story === id)) };
        }),
    );
    // When nothing new could be taken up, another round would find nothing either.
    const isStuck = stories.length === before.length;
    const commits = commitsOf({
      code: ctx.input.artifact<SourceCode>('SourceCode'),
      tests: ctx.input.artifact<TestSuite>('TestSuite'),
      stories: implemented,
    });
    const head = await ctx.step('commit the stories', async () =>
      (await writeRepository(memoryFiles(), '/', commits)).at(-1),
    );
    const workspace = await ctx.workspace(filesOf(commits));
    return {
      artifacts: { StoryProgress: { stories }, ImplementedStories: { workspace, head } },
      done: stories.length === planned.length || isStuck,
    };
  },
});

function judge(results: readonly AcceptanceResult[]): Pick<StoryState, 'state' | 'reason'> {
  const failed = results.filter(({ outcome }) => outcome.status === 'measured' && outcome.value === 'failed');
  if (failed.length > 0) return { state: 'rejected', reason: `failed: ${failed.map(({ test }) => test).join(', ')}` };
  const notRun = results.filter(({ outcome }) => outcome.status === 'unmeasured');
  if (results.length === 0) return { state: 'unverified', reason: 'it has no acceptance test' };
  if (notRun.length > 0) return { state: 'unverified', reason: notRun.map(reasonOf).join('; ') };
  return { state: 'accepted', reason: `all ${results.length} acceptance tests passed` };
}

function reasonOf({ test, outcome }: AcceptanceResult): string {
  return `${test}: ${outcome.status === 'unmeasured' ? outcome.reason : outcome.value}`;
}
