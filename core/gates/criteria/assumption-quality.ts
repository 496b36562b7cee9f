import { isUnknown } from '../../artifacts/claim.ts';
import type { Assumption, RevisedAssumptions } from '../../artifacts/revised-assumptions.ts';
import { type Criterion, type Evidence, type Finding, share, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';

export const assumptionQuality: Criterion = {
  id: 'assumption-quality',
  kind: 'computed',
  evidence: 'RevisedAssumptions',
  formula: 'assumptions with owner, rationale and a test / assumptions',
  evaluate(evidence: Evidence) {
    const assumptions = contentOf<RevisedAssumptions>(evidence, 'RevisedAssumptions')?.assumptions;
    if (assumptions === undefined) return unmeasured('there are no RevisedAssumptions');
    if (assumptions.length === 0) return unmeasured('no assumption is stated');
    const findings = assumptions.flatMap((assumption): Finding[] => {
      const lacks = lacking(assumption);
      return lacks.length === 0 ? [] : [{ kind: 'missing', text: `${assumption.id} lacks ${lacks.join(', ')}` }];
    });
    const good = assumptions.length - findings.length;
    return share(good, assumptions.length, 'assumptions have owner, rationale and a test', findings);
  },
};

function lacking({ owner, rationale, test }: Assumption): string[] {
  return [
    ...(owner === 'unknown' ? ['owner'] : []),
    ...(isUnknown(rationale) ? ['rationale'] : []),
    ...(isUnknown(test) ? ['a test'] : []),
  ];
}
