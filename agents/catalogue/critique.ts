import { critiqueReportSchema } from '../../core/artifacts/critique-report.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { ambiguitiesIn, gapsIn } from '../drafting/findings.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Looks for what is vague, missing or weak in what ideation handed on. */
export const critique = defineAgent({
  id: 'critique',
  title: 'Critique',
  workerClass: 'models',
  prompt: 'critique.md',
  reads: ['IdeationResult', 'CompetitiveAnalysis', 'TechStackProposal', 'Idea'],
  makes: ['CritiqueReport'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'CritiqueReport',
      about: 'strengths and weaknesses',
      fields: critiqueReportSchema.pick({ strengths: true, weaknesses: true }),
      sources: ['Idea', 'IdeationResult'],
    });
    await ctx.progress(0.5);
    const findings = await ctx.step('find gaps and vague words', () =>
      (['IdeationResult', 'CompetitiveAnalysis', 'TechStackProposal'] as const)
        .flatMap((type) => {
          const content = ctx.input.artifact(type);
          return [...ambiguitiesIn(type, content), ...gapsIn(type, content)];
        })
        .map((finding, at) => ({ id: `CR${at + 1}`, ...finding })),
    );
    return { artifacts: { CritiqueReport: { ...drafted, findings } } };
  },
});
