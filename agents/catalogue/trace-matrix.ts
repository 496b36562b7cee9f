import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { planOperations } from '../domain/operations.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Traces each requirement to its stories, the operations they need and the tests that will check them. */
export const traceMatrix = defineAgent({
  id: 'trace-matrix',
  title: 'Trace matrix',
  workerClass: 'models',
  reads: ['IdeaSpec', 'UserStories'],
  makes: ['RTM'],
  prepare: loadGrammar,
  async run(ctx) {
    const { requirements } = ctx.input.artifact<IdeaSpec>('IdeaSpec');
    const userStories = ctx.input.artifact<UserStories>('UserStories');
    const operations = await ctx.step('plan operations', () =>
      planOperations(deriveDataModel(userStories), userStories).map(({ operationId, stories }) => ({
        operationId,
        stories,
      })),
    );
    await ctx.progress(0.5);
    const rows = await ctx.step('trace', () =>
      requirements.map(({ id }) => {
        const stories = userStories.stories.filter((story) => story.requirements.includes(id));
        const named = new Set(stories.map((story) => story.id));
        return {
          requirement: id,
          stories: [...named],
          api: operations
            .filter((one) => one.stories.some((story) => named.has(story)))
            .map(({ operationId }) => operationId),
          code: [],
          tests: stories.flatMap((story) => story.acceptance.map((_, at) => `${story.id}.A${at + 1}`)),
        };
      }),
    );
    const uncovered = rows.filter(({ stories, tests }) => stories.length === 0 || tests.length === 0);
    const without = uncovered.map(({ requirement }) => requirement);
    // After a reduction of the scope a requirement without a story was left for later, not forgotten.
    const scope = ctx.input.directions?.scope ?? 1;
    const later = rows.filter(({ stories }) => scope < 1 && stories.length === 0).map(({ requirement }) => requirement);
    if (later.length === 0) return { artifacts: { RTM: { rows, uncovered: without } } };
    return {
      artifacts: {
        RTM: {
          rows: rows.filter(({ requirement }) => !later.includes(requirement)),
          deferred: later,
          uncovered: without.filter((id) => !later.includes(id)),
        },
      },
    };
  },
});
