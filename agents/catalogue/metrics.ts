import { businessPlanSchema } from '../../core/artifacts/business-plan.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';
import { targetOf } from '../text/targets.ts';

/** Names what is counted to see that the product works, with the targets that are stated. */
export const metrics = defineAgent({
  id: 'metrics',
  title: 'Metrics',
  workerClass: 'models',
  reads: ['PRD'],
  makes: ['BusinessPlan'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'BusinessPlan',
      about: 'metrics',
      fields: businessPlanSchema.pick({ metrics: true }),
      sources: [{ source: 'PRD', under: '/goals' }],
    });
    const measured = drafted.metrics.map((metric) => {
      const target = targetOf(metric.statement.text);
      return { ...metric, target: metric.target ?? target?.value ?? null, unit: metric.unit || (target?.unit ?? '') };
    });
    return { artifacts: { BusinessPlan: { metrics: measured } } };
  },
});
