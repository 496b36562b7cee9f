import { gtmStrategySchema } from '../../core/artifacts/gtm-strategy.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says who hears of the product first, through what, when it starts, and how the start is judged. */
export const gtm = defineAgent({
  id: 'gtm',
  title: 'Go to market',
  workerClass: 'models',
  reads: ['PRD', 'Idea'],
  makes: ['GTMStrategy'],
  async run(ctx) {
    const reach = await draftStep(ctx, {
      artifact: 'GTMStrategy',
      about: 'audience, channels and launch',
      fields: gtmStrategySchema.pick({ audience: true, channels: true, launch: true }),
      sources: ['Idea'],
    });
    await ctx.progress(0.4);
    const message = await draftStep(ctx, {
      artifact: 'GTMStrategy',
      about: 'message',
      fields: gtmStrategySchema.pick({ message: true }),
      sources: [{ source: 'PRD', under: '/overview' }],
    });
    await ctx.progress(0.7);
    const signals = await draftStep(ctx, {
      artifact: 'GTMStrategy',
      about: 'signals of success',
      fields: gtmStrategySchema.pick({ successSignals: true }),
      sources: [{ source: 'PRD', under: '/goals' }],
    });
    return { artifacts: { GTMStrategy: { ...reach, ...message, ...signals } } };
  },
});
