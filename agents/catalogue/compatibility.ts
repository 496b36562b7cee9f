import { unmeasured } from '../../core/artifacts/measured.ts';
import { WIDTHS } from '../domain/design.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Says on what the product was run: runtimes, browsers, widths. */
export const compatibility = defineAgent({
  id: 'compatibility',
  title: 'Compatibility',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['CompatibilityMatrix'],
  async run(ctx) {
    const rows = await ctx.step('list the targets', () => [
      ...RUNTIMES.map((target) => ({ kind: 'runtime', target, outcome: unmeasured(NOT_RUN.service) })),
      ...BROWSERS.map((target) => ({ kind: 'browser', target, outcome: unmeasured(NOT_RUN.browser) })),
      ...WIDTHS.map(({ widthPx }) => ({
        kind: 'viewport',
        target: `${widthPx} px`,
        outcome: unmeasured(NOT_RUN.browser),
      })),
    ]);
    return { artifacts: { CompatibilityMatrix: { rows } } };
  },
});

const RUNTIMES = ['Node.js 24'];
const BROWSERS = ['Chromium', 'Firefox', 'WebKit'];
