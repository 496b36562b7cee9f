import type { AcceptanceResult, AcceptanceTestResults } from '../../core/artifacts/acceptance-test-results.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import type { StoryState } from '../../core/artifacts/story-progress.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { previousState } from '../domain/story-loop.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Judges each implemented story by its tests, and says whether every story has been handled. */
export const storyValidator = defineAgent({
  id: 'story-validator',
  title: 'Story validator',
  workerClass: 'tools',
  reads: ['UserStories', 'ImplementedStories', 'AcceptanceTestResults'],
  makes: ['StoryProgress'],
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
    return { artifacts: { StoryProgress: { stories } }, done: stories.length === planned.length || isStuck };
  },
});

function judge(results: readonly AcceptanceResult[]): Pick<StoryState, 'state' | 'reason'> {
  const failed = results.filter(({ outcome }) => outcome.status === 'measured' && outcome.value === 'failed');
  if (failed.length > 0) return { state: 'rejected', reason: `failed: ${failed.map(({ test }) => test).join(', ')}` };
  const notRun = results.filter(({ outcome }) => outcome.status === 'unmeasured');
  if (results.length === 0) return { state: 'unverified', reason: 'it has no acceptance test' };
  if (notRun.length > 0)
    return { state: 'unverified', reason: `not run: ${notRun.map(({ test }) => test).join(', ')}` };
  return { state: 'accepted', reason: `all ${results.length} acceptance tests passed` };
}
