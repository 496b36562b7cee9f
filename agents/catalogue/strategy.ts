import { strategySchema } from '../../core/artifacts/ideation-result.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says why people would want the product, how it works, and what is still open. */
export const strategy = defineAgent({
  id: 'strategy',
  title: 'Strategy',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['IdeationResult'],
  async run(ctx) {
    const common = { artifact: 'IdeationResult', sources: ['Idea'] } as const;
    const value = await draftStep(ctx, {
      ...common,
      about: 'value and approach',
      fields: strategySchema.pick({ valueProposition: true, approach: true }),
    });
    await ctx.progress(0.5);
    const edge = await draftStep(ctx, {
      ...common,
      about: 'differences and open questions',
      fields: strategySchema.pick({ differentiators: true, openQuestions: true }),
    });
    return { artifacts: { IdeationResult: { strategy: { ...value, ...edge } } } };
  },
});
