import type { CompatibilityMatrix } from '../../core/artifacts/compatibility-matrix.ts';
import type { ImplementedStories } from '../../core/artifacts/implemented-stories.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import { WIDTHS } from '../domain/design.ts';
import { pagesOf } from '../domain/pages.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { measure } from '../drafting/measure.ts';
import { defineAgent } from '../sdk/agent.ts';

type Row = CompatibilityMatrix['rows'][number];

/** Says on what the product was run: runtimes, browsers, widths. */
export const compatibility = defineAgent({
  id: 'compatibility',
  title: 'Compatibility',
  workerClass: 'tools',
  reads: ['ImplementedStories'],
  makes: ['CompatibilityMatrix'],
  async run(ctx) {
    const implemented = ctx.input.artifact<ImplementedStories>('ImplementedStories');
    const ran = await measure(ctx, 'compatibility', implemented.workspace, { pages: pagesOf(implemented) });
    if (ran.status === 'unmeasured') {
      const rows = TARGETS.map((target): Row => ({ ...target, outcome: unmeasured(ran.reason) }));
      return { artifacts: { CompatibilityMatrix: { rows } } };
    }
    const rows = [
      ...ran.value.rows.map(
        ({ kind, target, outcome }): Row => ({ kind, target, outcome: figureOf(ran, () => outcome) }),
      ),
      ...ran.value.absent.map(({ kind, target, reason }): Row => ({ kind, target, outcome: unmeasured(reason) })),
    ];
    return { artifacts: { CompatibilityMatrix: { rows } } };
  },
});

/** What would be run if anything could. */
const TARGETS: readonly Pick<Row, 'kind' | 'target'>[] = [
  { kind: 'runtime', target: 'Node.js 24' },
  ...['Chromium', 'Firefox', 'WebKit'].map((target) => ({ kind: 'browser' as const, target })),
  ...WIDTHS.map(({ widthPx }) => ({ kind: 'viewport' as const, target: `${widthPx} px` })),
];
