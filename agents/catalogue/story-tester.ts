import type { AcceptanceResult } from '../../core/artifacts/acceptance-test-results.ts';
import type { ImplementedStories, ImplementedStory } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { TestCase, TestSuite } from '../../core/artifacts/test-suite.ts';
import { ownStories, previousState } from '../domain/story-loop.ts';
import { citing } from '../drafting/citing.ts';
import { commitsOf, filesOf } from '../generator/history.ts';
import { storyTestPath } from '../generator/test-cases.ts';
import { defineAgent } from '../sdk/agent.ts';
import type { AgentContext, ToolResult } from '../sdk/context.ts';
import type { ToolValues } from '../sdk/tools.ts';

type Ran = ToolResult<ToolValues['unit-tests']>;

/** Runs the acceptance tests of the stories that were implemented this round, on the project as it now is. */
export const storyTester = defineAgent({
  id: 'story-tester',
  title: 'Story tester',
  workerClass: 'tools',
  reads: ['UserStories', 'SourceCode', 'TestSuite', 'ImplementedStories'],
  makes: ['AcceptanceTestResults'],
  async run(ctx) {
    const own = new Set(ownStories(ctx).map(({ id }) => id));
    const carried = (previousState(ctx).AcceptanceTestResults?.results ?? []).filter(({ story }) => own.has(story));
    const tested = new Set(carried.map(({ story }) => story));
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories').stories;
    const fresh = implemented.filter(({ story }) => own.has(story) && !tested.has(story));
    const ran = await run(ctx, implemented, fresh);
    await ctx.progress(0.8);
    const { cases } = ctx.input.artifact<TestSuite>('TestSuite');
    const results: AcceptanceResult[] = [];
    for (const story of fresh) {
      results.push(
        ...(await ctx.step(`judge the tests of ${story.story}`, () =>
          cases.flatMap((test, at) => (test.story === story.story ? [resultOf(test, at, story, ran)] : [])),
        )),
      );
    }
    return { artifacts: { AcceptanceTestResults: { results: [...carried, ...results] } } };
  },
});

/** Null when no story of this round has a test. */
async function run(
  ctx: AgentContext,
  stories: readonly ImplementedStory[],
  fresh: readonly ImplementedStory[],
): Promise<Ran | null> {
  const files = fresh.flatMap(({ story, changes = [] }) =>
    changes.flatMap(({ path }) => (path === storyTestPath(story) ? [path] : [])),
  );
  if (files.length === 0) return null;
  const code = ctx.input.artifact<SourceCode>('SourceCode');
  const tests = ctx.input.artifact<TestSuite>('TestSuite');
  const workspace = await ctx.workspace(filesOf(commitsOf({ code, tests, stories: [...stories] })));
  return ctx.tool('unit-tests', { workspace, files });
}

function resultOf(test: TestCase, at: number, { lines = [] }: ImplementedStory, ran: Ran | null): AcceptanceResult {
  return {
    test: test.id,
    story: test.story,
    statement: citing('TestSuite', `/cases/${at}/statement`, test.statement),
    outcome: outcomeOf(test.id, lines.find((line) => line.test === test.id)?.open ?? [], ran),
  };
}

/** A line of which something is not built has not passed, whatever the rest of it does; it can fail. */
function outcomeOf(test: string, open: readonly string[], ran: Ran | null): AcceptanceResult['outcome'] {
  const missing = open.map((part) => `“${part}”`).join(', ');
  if (ran === null) return unmeasured(`no test was written, for it is not built: ${missing}`);
  if (ran.status === 'unmeasured') return unmeasured(ran.reason);
  const own = ran.value.tests.filter(({ name }) => name.startsWith(`${test} `));
  const { by, report } = ran;
  if (own.some(({ outcome }) => outcome === 'failed')) return { status: 'measured', value: 'failed', by, report };
  if (own.length === 0) return unmeasured(`no test was written, for it is not built: ${missing}`);
  if (own.some(({ outcome }) => outcome === 'skipped')) return unmeasured('its test was skipped');
  if (open.length > 0) return unmeasured(`what is built of it passes its test; not built: ${missing}`);
  return { status: 'measured', value: 'passed', by, report };
}
