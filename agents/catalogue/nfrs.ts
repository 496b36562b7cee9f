import { prdSchema } from '../../core/artifacts/prd.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Lists the qualities the product must have: speed, safety, privacy, reach, upkeep. */
export const nfrs = defineAgent({
  id: 'nfrs',
  title: 'Qualities',
  workerClass: 'models',
  reads: ['IdeaSpec'],
  makes: ['PRD'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'PRD',
      about: 'qualities',
      fields: prdSchema.pick({ nfrs: true }),
      sources: [{ source: 'IdeaSpec', under: '/requirements' }],
    });
    return { artifacts: { PRD: drafted } };
  },
});
