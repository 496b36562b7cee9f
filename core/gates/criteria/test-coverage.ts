import { type Criterion, type Finding, share, unmeasured } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export const testCoverage: Criterion = {
  id: 'test-coverage',
  kind: 'measured',
  evidence: 'CoverageReport.lines: the coverage file',
  formula: 'lines reached by a test / lines',
  evaluate: (evidence) =>
    fromMeasurement<{ covered: number; total: number }>(evidence, 'CoverageReport', 'lines', ({ covered, total }) => {
      if (total === 0) return unmeasured('the coverage file lists no lines');
      const missed = total - covered;
      const findings: Finding[] =
        missed > 0 ? [{ kind: 'coverage', text: `${missed} lines are reached by no test` }] : [];
      return share(covered, total, 'lines are reached by a test', findings);
    }),
};
