import { unmeasured } from '../../core/artifacts/measured.ts';
import { WIDTHS } from '../domain/design.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
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
    return { artifacts: { StyleGuide: { layouts, overflow: unmeasured(NOT_RUN.browser) } } };
  },
});
