import type { ImplementedStory } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { UserStories, UserStory } from '../../core/artifacts/user-stories.ts';
import { ownStories, previousState, readyStories } from '../domain/story-loop.ts';
import { citing } from '../drafting/citing.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { operationsIn } from '../generator/openapi-operations.ts';
import { sourceFiles } from '../generator/project.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Takes up the stories that are ready: for each, the operations and files that implement it. */
export const storyImplementer = defineAgent({
  id: 'story-implementer',
  title: 'Story implementer',
  workerClass: 'tools',
  reads: ['UserStories', 'OpenAPI', 'SourceCode'],
  makes: ['ImplementedStories'],
  async run(ctx) {
    const own = new Set(ownStories(ctx).map(({ id }) => id));
    const carried = (previousState(ctx).ImplementedStories?.stories ?? []).filter(({ story }) => own.has(story));
    const ready = readyStories(ctx);
    const all = ctx.input.artifact<UserStories>('UserStories').stories;
    const taken: ImplementedStory[] = [];
    for (const [number, story] of ready.entries()) {
      const api = ctx.input.artifact<OpenAPI>('OpenAPI');
      const code = ctx.input.artifact<SourceCode>('SourceCode');
      const at = all.findIndex(({ id }) => id === story.id);
      taken.push(await ctx.step(`implement ${story.id}`, () => implementation(story, at, api, code)));
      await ctx.progress((number + 1) / ready.length);
    }
    return { artifacts: { ImplementedStories: { stories: [...carried, ...taken] } } };
  },
});

function implementation(story: UserStory, at: number, api: OpenAPI, code: SourceCode): ImplementedStory {
  const operations = operationsIn(api).filter(({ stories }) => stories.includes(story.id));
  const served = new Set(operations.flatMap(({ operationId, entity }) => [operationId, entity]));
  return {
    story: story.id,
    title: citing('UserStories', `/stories/${at}/title`, story.title),
    operations: operations.map(({ operationId }) => operationId),
    files: sourceFiles(code)
      .filter(({ serves }) => serves.some((name) => served.has(name)))
      .map(({ path }) => path),
    commit: unmeasured(NOT_RUN.repository),
  };
}
