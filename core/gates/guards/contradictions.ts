import { compareClaims } from '../evidence/statements.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** No more than `atMost` pairs of statements contradict each other. */
export const contradictions: Guard = {
  id: 'contradictions',
  parameters: ['atMost'],
  criterion: 'consistency',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'atMost', 0);
    const { statements, comparable, findings } = compareClaims(evidence);
    if (statements === 0) return { status: 'unmeasured', reason: 'there are no statements to compare' };
    if (comparable === 0) return held(`nothing was comparable among ${statements} statements, so none contradict`);
    if (findings.length <= most) return held(`${findings.length} contradictions in ${comparable} comparable pairs`);
    return broken(`${findings.length} contradictions`, `at most ${most}`, findings);
  },
};
