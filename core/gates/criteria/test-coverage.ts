import { type Criterion, share, unmeasured } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';

export const testCoverage: Criterion = {
  id: 'test-coverage',
  kind: 'measured',
  evidence: 'CoverageReport.lines: the coverage file',
  formula: 'lines reached by a test / lines',
  evaluate: (evidence) =>
    fromMeasurement<{ covered: number; total: number }>(evidence, 'CoverageReport', 'lines', ({ covered, total }) =>
      total === 0
        ? unmeasured('the coverage file lists no lines')
        : share(covered, total, 'lines are reached by a test'),
    ),
};
