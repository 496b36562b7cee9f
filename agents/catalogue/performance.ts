import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Measures the response times of the started service, operation by operation. */
export const performance = defineAgent({
  id: 'performance',
  title: 'Performance',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['PerfReport'],
  async run(ctx) {
    const { stories } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const operations = await ctx.step('list the operations', () =>
      [...new Set(stories.flatMap((story) => story.operations))].sort(),
    );
    return { artifacts: { PerfReport: { operations, latency: unmeasured(NOT_RUN.service) } } };
  },
});
