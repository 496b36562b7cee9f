import type { Criterion } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';
import { passShare, type TestRun } from '../evidence/test-run.ts';

export const passRate: Criterion = {
  id: 'pass-rate',
  kind: 'measured',
  evidence: "TestReport.run: the end-to-end runner's report",
  formula: 'tests passed / tests (failed and skipped ones included)',
  evaluate: (evidence) => fromMeasurement<TestRun>(evidence, 'TestReport', 'run', passShare),
};
