import { unmeasured } from '../../core/artifacts/measured.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Measures how many requests a second the started service answers. */
export const loadTest = defineAgent({
  id: 'load-test',
  title: 'Load test',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['PerfReport'],
  async run(ctx) {
    const throughput = await ctx.step('measure throughput', () => unmeasured(NOT_RUN.service));
    return { artifacts: { PerfReport: { throughput } } };
  },
});
