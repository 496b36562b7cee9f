import { designSystemSchema } from '../../core/artifacts/design-system.ts';
import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import { tokensFor } from '../domain/design.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Sets the tokens everything drawn uses, and the principles behind them. */
export const uiPolish = defineAgent({
  id: 'ui-polish',
  title: 'Design system',
  workerClass: 'models',
  reads: ['IdeaSpec'],
  makes: ['DesignSystem'],
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'DesignSystem',
      about: 'design principles',
      fields: designSystemSchema.pick({ principles: true }),
      sources: ['IdeaSpec'],
    });
    await ctx.progress(0.5);
    const { title } = ctx.input.artifact<IdeaSpec>('IdeaSpec');
    const tokens = await ctx.step('set the tokens', () => tokensFor(title.text));
    return { artifacts: { DesignSystem: { ...drafted, ...tokens } } };
  },
});
