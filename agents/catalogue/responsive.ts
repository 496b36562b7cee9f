import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { tokensFor, WIDTHS } from '../domain/design.ts';
import { pagesOf } from '../domain/pages.ts';
import { tokenUse } from '../domain/token-use.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Sets the layouts by width, renders every page at each, and sees what of the drawn comes from the design's tokens. */
export const responsive = defineAgent({
  id: 'responsive',
  title: 'Responsive layout',
  workerClass: 'tools',
  reads: ['ImplementedStories', 'IdeaSpec'],
  makes: ['StyleGuide', 'DesignSystem'],
  async run(ctx) {
    const layouts = await ctx.step('set the layouts', () => WIDTHS.map((width) => ({ ...width })));
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const input = { pages: pagesOf(implemented), widthsPx: WIDTHS.map(({ widthPx }) => widthPx) };
    const rendered = await measure(ctx, 'page-audit', implemented.workspace, input);
    const overflow = figureOf(rendered, (value) => value.layouts);
    const tokens = tokensFor(ctx.input.artifact<IdeaSpec>('IdeaSpec').title.text);
    const usage = figureOf(rendered, ({ drawn }) => tokenUse(drawn, tokens));
    return { artifacts: { StyleGuide: { layouts, overflow }, DesignSystem: { usage } } };
  },
});
