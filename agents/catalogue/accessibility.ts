import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Audits every page in a real browser for WCAG violations. */
export const accessibility = defineAgent({
  id: 'accessibility',
  title: 'Accessibility',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['A11yAudit'],
  async run(ctx) {
    const { stories } = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const pages = await ctx.step('list the pages', () =>
      [...new Set(stories.flatMap(({ files }) => files.filter((path) => path.endsWith('.html'))))].sort(),
    );
    return { artifacts: { A11yAudit: { pages, violations: unmeasured(NOT_RUN.browser) } } };
  },
});
