import type { PRD } from '../../core/artifacts/prd.ts';
import { pricingModelSchema } from '../../core/artifacts/pricing-model.ts';
import { gapsOf, project, statedPrices, totals } from '../domain/pricing.ts';
import { claimsIn } from '../drafting/claims-in.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Collects the stated prices, multiplies them by stated quantities, and adds up. */
export const pricing = defineAgent({
  id: 'pricing',
  title: 'Pricing',
  workerClass: 'models',
  prompt: 'pricing.md',
  reads: ['PRD', 'CompetitiveAnalysis', 'Idea'],
  makes: ['PricingModel'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'PricingModel',
      about: 'pricing',
      fields: pricingModelSchema.pick({ strategy: true }),
      sources: ['Idea'],
    });
    await ctx.progress(0.4);
    const { figures } = ctx.input.artifact<PRD>('PRD');
    const others = new Set(claimsIn(ctx.input.artifact('CompetitiveAnalysis')).map(({ claim }) => claim.text));
    const prices = await ctx.step('collect prices', () => statedPrices(figures, others));
    await ctx.progress(0.7);
    const projections = await ctx.step('project', () => project(prices, figures));
    const sums = { prices, projections, totals: totals(prices, projections), gaps: gapsOf(prices, projections) };
    return { artifacts: { PricingModel: { ...drafted, ...sums } } };
  },
});
