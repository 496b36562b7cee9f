import type { ImplementedStory } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { TestSuite } from '../../core/artifacts/test-suite.ts';
import type { UserStories, UserStory } from '../../core/artifacts/user-stories.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { ownStories, previousState, readyStories } from '../domain/story-loop.ts';
import { citing } from '../drafting/citing.ts';
import { commitsOf } from '../generator/history.ts';
import { memoryFiles } from '../generator/memory-files.ts';
import { sourceFiles } from '../generator/project.ts';
import { GIT_TOOL, writeRepository } from '../generator/repository.ts';
import { type Ground, groundOf } from '../generator/stories/checks.ts';
import { type WrittenStory, writtenStory } from '../generator/stories/written-story.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Takes up the stories that are ready: for each, its rules, its acceptance tests and its commit on top of the build. */
export const storyImplementer = defineAgent({
  id: 'story-implementer',
  title: 'Story implementer',
  workerClass: 'tools',
  reads: ['UserStories', 'OpenAPI', 'SourceCode', 'TestSuite'],
  makes: ['ImplementedStories'],
  prepare: loadGrammar,
  async run(ctx) {
    const own = new Set(ownStories(ctx).map(({ id }) => id));
    const carried = (previousState(ctx).ImplementedStories?.stories ?? []).filter(({ story }) => own.has(story));
    const ready = readyStories(ctx);
    const planned = ctx.input.artifact<UserStories>('UserStories');
    const code = ctx.input.artifact<SourceCode>('SourceCode');
    const tests = ctx.input.artifact<TestSuite>('TestSuite');
    const ground = groundOf(deriveDataModel(planned), ctx.input.artifact<OpenAPI>('OpenAPI'));
    const taken: ImplementedStory[] = [];
    for (const [number, story] of ready.entries()) {
      const at = planned.stories.findIndex(({ id }) => id === story.id);
      const written = await writtenStory(ctx, story, ground, [...sourceFiles(code), ...tests.files]);
      taken.push(
        await ctx.step(`commit ${story.id}`, () =>
          committed(implementation(story, at, ground, code, written), code, tests),
        ),
      );
      await ctx.progress((number + 1) / ready.length);
    }
    return { artifacts: { ImplementedStories: { stories: [...carried, ...taken] } } };
  },
});

const NOTHING_BUILT = 'the offline generator has no code for this story, so there is nothing to commit';

function implementation(
  story: UserStory,
  at: number,
  ground: Ground,
  code: SourceCode,
  { files, lines }: WrittenStory,
): ImplementedStory {
  const operations = ground.plan.operations.filter(({ stories }) => stories.includes(story.id));
  const served = new Set(operations.flatMap(({ operationId, entity }) => [operationId, entity]));
  const serving = sourceFiles(code).filter(({ serves }) => serves.some((name) => served.has(name)));
  return {
    story: story.id,
    title: citing('UserStories', `/stories/${at}/title`, story.title),
    operations: operations.map(({ operationId }) => operationId),
    files: [...serving, ...files].map(({ path }) => path),
    commit: unmeasured(NOTHING_BUILT),
    changes: [...files],
    lines: lines.map(({ id, open }) => ({ test: id, open: [...open] })),
  };
}

/** Commits the story on top of the build. */
async function committed(story: ImplementedStory, code: SourceCode, tests: TestSuite): Promise<ImplementedStory> {
  const commits = commitsOf({ code, tests, stories: [story] });
  const own = commits[1];
  if (own === undefined) return story;
  await writeRepository(memoryFiles(), '/', commits);
  return { ...story, commit: { status: 'measured', value: own.files.map(({ path }) => path), by: GIT_TOOL } };
}
