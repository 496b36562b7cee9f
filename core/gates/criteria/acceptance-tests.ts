import { type Criterion, type Finding, share } from '../criterion.ts';
import { acceptanceOf } from '../evidence/acceptance.ts';

export const acceptanceTests: Criterion = {
  id: 'acceptance-tests',
  kind: 'measured',
  evidence: 'AcceptanceTestResults',
  formula: 'acceptance tests that pass / acceptance tests (those not run included)',
  evaluate(evidence) {
    const acceptance = acceptanceOf(evidence);
    if ('status' in acceptance) return acceptance;
    const { tests, passed, notRun } = acceptance;
    const findings: Finding[] =
      passed === tests
        ? []
        : [{ kind: 'other', text: `${tests - passed - notRun} acceptance tests fail, ${notRun} were not run` }];
    return share(passed, tests, 'acceptance tests pass', findings);
  },
};
