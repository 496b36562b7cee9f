import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { WIDTHS } from '../domain/design.ts';
import { pagesOf } from '../domain/pages.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Sets the layouts by width, and renders every page at each. */
export const responsive = defineAgent({
  id: 'responsive',
  title: 'Responsive layout',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['StyleGuide'],
  async run(ctx) {
    const layouts = await ctx.step('set the layouts', () => WIDTHS.map((width) => ({ ...width })));
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const input = { pages: pagesOf(implemented), widthsPx: WIDTHS.map(({ widthPx }) => widthPx) };
    const overflow = figureOf(await measure(ctx, 'page-audit', implemented.workspace, input), (value) => value.layouts);
    return { artifacts: { StyleGuide: { layouts, overflow } } };
  },
});
