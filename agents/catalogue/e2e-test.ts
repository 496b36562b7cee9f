import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { citing } from '../drafting/citing.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';
import type { ToolValues } from '../sdk/tools.ts';

type Test = ToolValues['unit-tests']['tests'][number];

/** Runs every test of the finished product, and says by story what its tests gave. */
export const e2eTest = defineAgent({
  id: 'e2e-test',
  title: 'End-to-end tests',
  workerClass: 'tools',
  reads: ['ImplementedStories', 'AcceptanceTestResults'],
  makes: ['TestReport'],
  async run(ctx) {
    const { stories, workspace } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const ran = await measure(ctx, 'unit-tests', workspace, {});
    await ctx.progress(0.8);
    const run = figureOf(ran, ({ passed, failed, skipped }) => ({ passed, failed, skipped }));
    const byStory = stories.map(({ story, title }, at) => {
      const own = ran.status === 'measured' ? testsOf(story, ran.value.tests) : [];
      return {
        story,
        title: citing('ImplementedStories', `/stories/${at}/title`, title),
        outcome:
          ran.status === 'measured' && own.length === 0
            ? unmeasured(`no test names ${story}`)
            : figureOf(ran, () => (own.every(({ outcome }) => outcome === 'passed') ? 'passed' : 'failed')),
      };
    });
    const limits = byStory.flatMap(({ story, outcome }) =>
      outcome.status === 'unmeasured' ? [`${story} was not walked through: ${outcome.reason}`] : [],
    );
    return { artifacts: { TestReport: { stories: byStory, run, limits } } };
  },
});

/** Tests name the stories they serve, as a word of their own name or of their file's. */
function testsOf(story: string, tests: readonly Test[]): Test[] {
  const word = new RegExp(`(^|[^A-Za-z0-9])${story}([^A-Za-z0-9]|$)`);
  return tests.filter(({ name, file }) => word.test(name) || word.test(file));
}
