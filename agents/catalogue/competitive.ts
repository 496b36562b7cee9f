import { competitiveAnalysisSchema } from '../../core/artifacts/competitive-analysis.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says what people use today instead, and what that leaves open. */
export const competitive = defineAgent({
  id: 'competitive',
  title: 'Competitive analysis',
  workerClass: 'models',
  reads: ['Idea'],
  makes: ['CompetitiveAnalysis'],
  async run(ctx) {
    const common = { artifact: 'CompetitiveAnalysis', sources: ['Idea'] } as const;
    const today = await draftStep(ctx, {
      ...common,
      about: 'existing ways',
      fields: competitiveAnalysisSchema.pick({ statusQuo: true }),
    });
    const others = await draftStep(ctx, {
      ...common,
      about: 'alternatives',
      fields: competitiveAnalysisSchema.pick({ alternatives: true }),
    });
    await ctx.progress(0.5);
    const place = await draftStep(ctx, {
      ...common,
      about: 'gap and position',
      fields: competitiveAnalysisSchema.pick({ gap: true, positioning: true }),
    });
    return { artifacts: { CompetitiveAnalysis: { ...today, ...others, ...place } } };
  },
});
