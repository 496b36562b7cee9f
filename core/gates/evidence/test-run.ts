// The share of tests that passed, as a runner reported them. Skipped tests are not counted as passed.

import { type Evaluation, share, unmeasured } from '../criterion.ts';

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function passShare({ passed, failed, skipped }: TestRun): Evaluation {
  const all = passed + failed + skipped;
  if (all === 0) return unmeasured('the runner ran no tests');
  const findings = failed === 0 ? [] : [{ kind: 'other' as const, text: `${failed} of ${all} tests fail` }];
  return share(passed, all, 'tests pass', findings);
}
