import type { Criterion } from '../criterion.ts';
import { fromMeasurement } from '../evidence/measurement.ts';
import { passShare, type TestRun } from '../evidence/test-run.ts';

export const tests: Criterion = {
  id: 'tests',
  kind: 'measured',
  evidence: "TestSuite.run: the test runner's report of the build",
  formula: 'tests passed / tests (failed and skipped ones included)',
  evaluate: (evidence) => fromMeasurement<TestRun>(evidence, 'TestSuite', 'run', passShare),
};
