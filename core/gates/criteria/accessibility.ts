import type { A11yAudit } from '../../artifacts/a11y-audit.ts';
import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export type Violation = Extract<A11yAudit['violations'], { status: 'measured' }>['value'][number];

/** Conformance with level AA includes level A. */
export const breaksAA = ({ level }: Violation): boolean => level !== 'AAA';

export const violationFinding = ({ page, rule, level }: Violation): Finding => ({
  kind: 'other',
  text: `${page} breaks ${rule} (WCAG ${level})`,
});

export const accessibility: Criterion = {
  id: 'accessibility',
  kind: 'measured',
  evidence: 'A11yAudit: axe violations in a real browser',
  formula: 'pages without a WCAG A or AA violation / pages',
  evaluate: (evidence) =>
    fromMeasurement<Violation[]>(evidence, 'A11yAudit', 'violations', (violations) => {
      const pages = contentOf<A11yAudit>(evidence, 'A11yAudit')?.pages ?? [];
      if (pages.length === 0) return unmeasured('the audit lists no pages');
      const breaking = violations.filter(breaksAA);
      const clean = pages.filter((page) => !breaking.some((violation) => violation.page === page));
      return share(clean.length, pages.length, 'pages have no WCAG A or AA violation', breaking.map(violationFinding));
    }),
};
