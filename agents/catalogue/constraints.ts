import { constraintsListSchema } from '../../core/artifacts/constraints-list.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Lists the limits that the idea sets: money, time, law, technology, people. */
export const constraints = defineAgent({
  id: 'constraints',
  title: 'Constraints',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['ConstraintsList'],
  async run(ctx) {
    const list = await draftStep(ctx, {
      artifact: 'ConstraintsList',
      about: 'constraints',
      fields: constraintsListSchema,
      sources: ['Idea'],
    });
    return { artifacts: { ConstraintsList: list } };
  },
});
