import { ideaSpecSchema } from '../../core/artifacts/idea-spec.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Reads the idea: what it is called, what it is, for whom, why, and what it leaves out. */
export const intake = defineAgent({
  id: 'intake',
  title: 'Intake',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['IdeaSpec'],
  async run(ctx) {
    const common = { artifact: 'IdeaSpec', sources: ['Idea'] } as const;
    const naming = await draftStep(ctx, {
      ...common,
      about: 'name of the idea',
      fields: ideaSpecSchema.pick({ title: true, description: true }),
    });
    await ctx.progress(0.3);
    const people = await draftStep(ctx, {
      ...common,
      about: 'people and their problem',
      fields: ideaSpecSchema.pick({ problem: true, targetUsers: true }),
    });
    await ctx.progress(0.7);
    const limits = await draftStep(ctx, {
      ...common,
      about: 'goals and limits',
      fields: ideaSpecSchema.pick({ goals: true, outOfScope: true }),
    });
    return { artifacts: { IdeaSpec: { ...naming, ...people, ...limits } } };
  },
});
