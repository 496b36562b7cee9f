import { designSystemSchema } from '../../core/artifacts/design-system.ts';
import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { FONTS, palette, SPACINGS, WIDTHS } from '../domain/design.ts';
import { pagesOf } from '../domain/pages.ts';
import { tokenUse } from '../domain/token-use.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Sets the tokens everything drawn uses, and the principles behind them. */
export const uiPolish = defineAgent({
  id: 'ui-polish',
  title: 'Design system',
  workerClass: 'models',
  reads: ['IdeaSpec', 'ImplementedStories'],
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
    const tokens = await ctx.step('set the tokens', () => ({
      ...palette(title.text),
      fonts: FONTS,
      spacings: SPACINGS,
    }));
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const input = { pages: pagesOf(implemented), widthsPx: WIDTHS.map(({ widthPx }) => widthPx) };
    const audited = await measure(ctx, 'page-audit', implemented.workspace, input);
    const usage = figureOf(audited, ({ drawn }) => tokenUse(drawn, tokens));
    return { artifacts: { DesignSystem: { ...drafted, ...tokens, usage } } };
  },
});
