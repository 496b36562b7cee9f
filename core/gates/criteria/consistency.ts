import { type Criterion, type Evidence, inapplicable, unmeasured } from '../criterion.ts';
import { compareClaims } from '../evidence/statements.ts';

export const consistency: Criterion = {
  id: 'consistency',
  kind: 'computed',
  evidence: 'all statements of what the phase makes and needs; numbers, dates and modality on the same subject',
  formula: '1 - contradicting pairs / comparable pairs; not applicable when no two statements are comparable',
  evaluate(evidence: Evidence) {
    const { statements, comparable, contradictions, findings } = compareClaims(evidence);
    if (statements === 0) return unmeasured('there are no statements to compare');
    if (comparable === 0) return inapplicable(`no two of the ${statements} statements are comparable`);
    const score = 1 - contradictions.length / comparable;
    const detail = `${contradictions.length} contradicting of ${comparable} comparable pairs among ${statements} statements`;
    return { status: 'measured', score, detail, findings };
  },
};
