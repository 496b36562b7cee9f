import { gtmStrategySchema } from '../../core/artifacts/gtm-strategy.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says who hears of the product first, through what, when it starts, and how the start is judged. */
export const gtm = defineAgent({
  id: 'gtm',
  title: 'Go to market',
  workerClass: 'models',
  reads: ['PRD', 'CompetitiveAnalysis', 'Idea'],
  makes: ['GTMStrategy'],
  async run(ctx) {
    const common = { artifact: 'GTMStrategy', sources: ['PRD', 'Idea', 'CompetitiveAnalysis'] } as const;
    const message = await draftStep(ctx, {
      ...common,
      about: 'audience and message',
      fields: gtmStrategySchema.pick({ audience: true, message: true }),
    });
    await ctx.progress(0.4);
    const way = await draftStep(ctx, {
      ...common,
      about: 'channels and launch',
      fields: gtmStrategySchema.pick({ channels: true, launch: true }),
    });
    await ctx.progress(0.8);
    const signals = await draftStep(ctx, {
      ...common,
      about: 'signals of success',
      fields: gtmStrategySchema.pick({ successSignals: true }),
    });
    return { artifacts: { GTMStrategy: { ...message, ...way, ...signals } } };
  },
});
