import type { UserStories, UserStory } from '../../core/artifacts/user-stories.ts';
import { citing } from '../drafting/citing.ts';
import { defineAgent } from '../sdk/agent.ts';

/** One flow for each user who has stories: the stories in an order in which what one needs comes before it. */
export const uxFlow = defineAgent({
  id: 'ux-flow',
  title: 'UX flows',
  workerClass: 'models',
  reads: ['UserStories'],
  makes: ['PRD'],
  async run(ctx) {
    const { stories } = ctx.input.artifact<UserStories>('UserStories');
    const ordered = await ctx.step('order the stories', () => inOrder(stories).map(({ id }) => id));
    await ctx.progress(0.5);
    const uxFlows = await ctx.step('cut flows by user', () =>
      actorsOf(stories).map((actor, at) => {
        const walked = ordered.flatMap((id) => stories.filter((story) => story.id === id && story.asA.text === actor));
        const first = stories.findIndex((story) => story.asA.text === actor);
        return {
          id: `U${at + 1}`,
          actor: citing('UserStories', `/stories/${first}/asA`, (stories[first] as UserStory).asA),
          steps: walked
            .slice(0, MOST_STEPS)
            .map((story) => citing('UserStories', `/stories/${stories.indexOf(story)}/want`, story.want)),
          stories: walked.slice(0, MOST_STEPS).map(({ id }) => id),
        };
      }),
    );
    return { artifacts: { PRD: { uxFlows } } };
  },
});

const MOST_STEPS = 8;

function actorsOf(stories: readonly UserStory[]): string[] {
  return [...new Set(stories.map(({ asA }) => asA.text))];
}

/** Depth first over what each story depends on; stories are given in requirement order and have no cycle. */
function inOrder(stories: readonly UserStory[]): UserStory[] {
  const done = new Set<UserStory>();
  const visit = (story: UserStory) => {
    if (done.has(story)) return;
    for (const id of story.dependsOn) {
      const needed = stories.find((other) => other.id === id);
      if (needed !== undefined) visit(needed);
    }
    done.add(story);
  };
  for (const story of stories) visit(story);
  return [...done];
}
