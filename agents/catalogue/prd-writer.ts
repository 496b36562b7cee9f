import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import { prdSchema } from '../../core/artifacts/prd.ts';
import type { RevisedAssumptions } from '../../core/artifacts/revised-assumptions.ts';
import type { RiskRegister } from '../../core/artifacts/risk-register.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the frame of the requirements document: overview, problem, goals, limits, and what it rests on. */
export const prdWriter = defineAgent({
  id: 'prd-writer',
  title: 'Product requirements',
  workerClass: 'models',
  prompt: 'prd-writer.md',
  reads: ['IdeaSpec', 'RiskRegister', 'RevisedAssumptions', 'CritiqueReport', 'UserStories'],
  makes: ['PRD'],
  async run(ctx) {
    const frame = await draftStep(ctx, {
      artifact: 'PRD',
      about: 'overview and problem',
      fields: prdSchema.pick({ overview: true, problem: true }),
      sources: ['IdeaSpec'],
    });
    await ctx.progress(0.4);
    const limits = await draftStep(ctx, {
      artifact: 'PRD',
      about: 'goals and scope',
      fields: prdSchema.pick({ goals: true, outOfScope: true }),
      sources: ['IdeaSpec'],
    });
    await ctx.progress(0.8);
    const spec = ctx.input.artifact<IdeaSpec>('IdeaSpec');
    const carried = await ctx.step('carry over', () => ({
      title: citing('IdeaSpec', '/title', spec.title),
      stories: ctx.input.artifact<UserStories>('UserStories').stories.map(({ id }) => id),
      assumptions: ctx.input.artifact<RevisedAssumptions>('RevisedAssumptions').assumptions.map(({ id }) => id),
      risks: ctx.input.artifact<RiskRegister>('RiskRegister').risks.map(({ id }) => id),
      constraints: spec.requirements
        .flatMap(({ kind, statement }, at) =>
          kind === 'constraint' ? [citing('IdeaSpec', `/requirements/${at}/statement`, statement)] : [],
        )
        .slice(0, MOST_CONSTRAINTS),
      figures: spec.figures.map((figure, at) => ({
        ...figure,
        statement: citing('IdeaSpec', `/figures/${at}/statement`, figure.statement),
      })),
    }));
    return { artifacts: { PRD: { ...frame, ...limits, ...carried } } };
  },
});

const MOST_CONSTRAINTS = 12;
