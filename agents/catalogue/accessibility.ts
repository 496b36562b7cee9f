import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { WIDTHS } from '../domain/design.ts';
import { pagesOf } from '../domain/pages.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Audits every page in a real browser for WCAG violations. */
export const accessibility = defineAgent({
  id: 'accessibility',
  title: 'Accessibility',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['A11yAudit'],
  async run(ctx) {
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const pages = await ctx.step('list the pages', () => pagesOf(implemented));
    const widthsPx = WIDTHS.map(({ widthPx }) => widthPx);
    const audited = await measure(ctx, 'page-audit', implemented.workspace, { pages, widthsPx });
    const violations = figureOf(audited, (value) =>
      value.violations.map(({ page, rule, level, nodes }) => ({ page, rule, level, nodes })),
    );
    return { artifacts: { A11yAudit: { pages, violations } } };
  },
});
