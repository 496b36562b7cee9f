import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export interface Rendering {
  readonly page: string;
  readonly widthPx: number;
  readonly overflows: boolean;
}

export const overflowFinding = ({ page, widthPx }: Rendering): Finding => ({
  kind: 'other',
  text: `${page} is wider than the window at ${widthPx} px`,
});

export const responsiveness: Criterion = {
  id: 'responsiveness',
  kind: 'measured',
  evidence: 'StyleGuide.overflow: pages rendered at 390, 820 and 1280 px in a real browser',
  formula: 'pages without overflow at any width / pages',
  evaluate: (evidence) =>
    fromMeasurement<Rendering[]>(evidence, 'StyleGuide', 'overflow', (renderings) => {
      const pages = [...new Set(renderings.map(({ page }) => page))];
      if (pages.length === 0) return unmeasured('no page was rendered');
      const overflowing = renderings.filter(({ overflows }) => overflows);
      const good = pages.filter((page) => !overflowing.some((rendering) => rendering.page === page));
      return share(good.length, pages.length, 'pages fit at every width', overflowing.map(overflowFinding));
    }),
};
