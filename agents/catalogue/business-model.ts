import { businessPlanSchema } from '../../core/artifacts/business-plan.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says who pays for the product, for whom it is, and what must be paid for. */
export const businessModel = defineAgent({
  id: 'business-model',
  title: 'Business model',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['BusinessPlan'],
  async run(ctx) {
    const common = { artifact: 'BusinessPlan', sources: ['Idea'] } as const;
    const model = await draftStep(ctx, {
      ...common,
      about: 'who pays',
      fields: businessPlanSchema.pick({ model: true, revenue: true }),
    });
    await ctx.progress(0.5);
    const market = await draftStep(ctx, {
      ...common,
      about: 'segments and costs',
      fields: businessPlanSchema.pick({ segments: true, costs: true }),
    });
    return { artifacts: { BusinessPlan: { ...model, ...market } } };
  },
});
