import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { LOAD } from '../domain/load.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Measures the response times of the started service, one request at a time. */
export const performance = defineAgent({
  id: 'performance',
  title: 'Performance',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['PerfReport'],
  async run(ctx) {
    const { stories, workspace } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const operations = await ctx.step('list the operations', () =>
      [...new Set(stories.flatMap((story) => story.operations))].sort(),
    );
    const latency = figureOf(await measure(ctx, 'load', workspace, LOAD), (value) => value.latency);
    return { artifacts: { PerfReport: { operations, latency } } };
  },
});
