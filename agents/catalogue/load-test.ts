import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { LOAD } from '../domain/load.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Measures how many requests a second the started service answers. */
export const loadTest = defineAgent({
  id: 'load-test',
  title: 'Load test',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['PerfReport'],
  async run(ctx) {
    const { workspace } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const throughput = figureOf(await measure(ctx, 'load', workspace, LOAD), (value) => value.throughput);
    return { artifacts: { PerfReport: { throughput } } };
  },
});
