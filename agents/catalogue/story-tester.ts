import type { AcceptanceResult } from '../../core/artifacts/acceptance-test-results.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { TestSuite } from '../../core/artifacts/test-suite.ts';
import { ownStories, previousState } from '../domain/story-loop.ts';
import { citing } from '../drafting/citing.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Runs the acceptance tests of the stories that were implemented this round. */
export const storyTester = defineAgent({
  id: 'story-tester',
  title: 'Story tester',
  workerClass: 'tools',
  reads: ['UserStories', 'TestSuite', 'ImplementedStories'],
  makes: ['AcceptanceTestResults'],
  async run(ctx) {
    const own = new Set(ownStories(ctx).map(({ id }) => id));
    const carried = (previousState(ctx).AcceptanceTestResults?.results ?? []).filter(({ story }) => own.has(story));
    const tested = new Set(carried.map(({ story }) => story));
    const { cases } = ctx.input.artifact<TestSuite>('TestSuite');
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories').stories;
    const fresh = implemented.filter(({ story }) => own.has(story) && !tested.has(story));
    const results: AcceptanceResult[] = [];
    for (const [number, { story }] of fresh.entries()) {
      const outcomes = await ctx.step(`test ${story}`, () =>
        cases.flatMap((test, at) => (test.story === story ? [resultOf(test, at)] : [])),
      );
      results.push(...outcomes);
      await ctx.progress((number + 1) / fresh.length);
    }
    return { artifacts: { AcceptanceTestResults: { results: [...carried, ...results] } } };
  },
});

function resultOf(test: TestSuite['cases'][number], at: number): AcceptanceResult {
  return {
    test: test.id,
    story: test.story,
    statement: citing('TestSuite', `/cases/${at}/statement`, test.statement),
    outcome: unmeasured(NOT_RUN.tests),
  };
}
