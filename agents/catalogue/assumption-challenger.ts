import { revisedAssumptionsSchema } from '../../core/artifacts/revised-assumptions.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Names what the idea takes for granted, who answers for it, and how it could be put to the test. */
export const assumptionChallenger = defineAgent({
  id: 'assumption-challenger',
  title: 'Assumption challenger',
  workerClass: 'models',
  reads: ['IdeationResult', 'Idea'],
  makes: ['RevisedAssumptions'],
  async run(ctx) {
    const revised = await draftStep(ctx, {
      artifact: 'RevisedAssumptions',
      about: 'assumptions',
      fields: revisedAssumptionsSchema,
      sources: ['Idea', 'IdeationResult'],
    });
    return { artifacts: { RevisedAssumptions: revised } };
  },
});
