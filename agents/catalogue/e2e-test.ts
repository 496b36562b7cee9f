import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { citing } from '../drafting/citing.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Walks each story through the started product. */
export const e2eTest = defineAgent({
  id: 'e2e-test',
  title: 'End-to-end tests',
  workerClass: 'tools',
  reads: ['ImplementedStories', 'AcceptanceTestResults'],
  makes: ['TestReport'],
  async run(ctx) {
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories').stories;
    const stories = await ctx.step('list the stories', () =>
      implemented.map(({ story, title }, at) => ({
        story,
        title: citing('ImplementedStories', `/stories/${at}/title`, title),
        outcome: unmeasured(NOT_RUN.service),
      })),
    );
    const limits = [`no story was walked through: ${NOT_RUN.service}`];
    return { artifacts: { TestReport: { stories, run: unmeasured(NOT_RUN.service), limits } } };
  },
});
