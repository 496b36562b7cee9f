import { type Criterion, type Evidence, unmeasured } from '../criterion.ts';
import { compareClaims } from '../evidence/statements.ts';

export const consistency: Criterion = {
  id: 'consistency',
  kind: 'computed',
  evidence: 'all statements of what the phase makes and needs; numbers, dates and modality on the same subject',
  formula: '1 - contradicting pairs / comparable pairs; 1 when no two statements are comparable',
  evaluate(evidence: Evidence) {
    const { statements, comparable, contradictions, findings } = compareClaims(evidence);
    if (statements === 0) return unmeasured('there are no statements to compare');
    const score = comparable === 0 ? 1 : 1 - contradictions.length / comparable;
    const detail = `${contradictions.length} contradicting of ${comparable} comparable pairs among ${statements} statements`;
    return { status: 'measured', score, detail, findings };
  },
};
