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
    const core = await draftStep(ctx, {
      ...common,
      about: 'what it is and for whom',
      fields: ideaSpecSchema.pick({ title: true, description: true, problem: true, targetUsers: true }),
    });
    await ctx.progress(0.6);
    const limits = await draftStep(ctx, {
      ...common,
      about: 'goals and limits',
      fields: ideaSpecSchema.pick({ goals: true, outOfScope: true }),
    });
    return { artifacts: { IdeaSpec: { ...core, ...limits } } };
  },
});
