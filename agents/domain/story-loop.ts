// Which stories a task of the story loop takes up this round, and what it carries over from the rounds before.
// A round's result replaces the one before it, so whoever handled a story hands its record on.

import type { AcceptanceTestResults } from '../../core/artifacts/acceptance-test-results.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import type { StoryProgress } from '../../core/artifacts/story-progress.ts';
import type { UserStories, UserStory } from '../../core/artifacts/user-stories.ts';
import type { AgentContext } from '../sdk/context.ts';

/** Stories taken up at once by a task that has the whole list. */
const AT_ONCE = 4;

export interface LoopState {
  readonly ImplementedStories?: ImplementedStories;
  readonly AcceptanceTestResults?: AcceptanceTestResults;
  readonly StoryProgress?: StoryProgress;
}

export function previousState(ctx: AgentContext): LoopState {
  return (ctx.input.previous ?? {}) as LoopState;
}

/** The stories that are this task's: those of its shard, or all. */
export function ownStories(ctx: AgentContext): readonly UserStory[] {
  if (ctx.shard !== null) return ctx.shard.items as unknown as readonly UserStory[];
  return ctx.input.artifact<UserStories>('UserStories').stories;
}

/** Own stories not handled yet whose dependencies were handled in earlier rounds; one that names no story is no dependency. */
export function readyStories(ctx: AgentContext): UserStory[] {
  const all = new Set(ctx.input.artifact<UserStories>('UserStories').stories.map(({ id }) => id));
  const handled = new Set((previousState(ctx).StoryProgress?.stories ?? []).map(({ story }) => story));
  const isReady = ({ id, dependsOn }: UserStory) =>
    !handled.has(id) && dependsOn.every((needed) => handled.has(needed) || !all.has(needed));
  return ownStories(ctx)
    .filter(isReady)
    .slice(0, ctx.shard === null ? AT_ONCE : undefined);
}
