import { type Claim, isUnknown, restates } from '../../artifacts/claim.ts';
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
      return lacks.length === 0
        ? []
        : [{ kind: 'missing', text: `${assumption.id} lacks ${lacks.join(', ')}`, artifacts: ['RevisedAssumptions'] }];
    });
    const good = assumptions.length - findings.length;
    return share(good, assumptions.length, 'assumptions have owner, rationale and a test', findings);
  },
};

/** A reason or a test that rests on the very span of the assumption is none. */
function lacking({ statement, owner, rationale, test }: Assumption): string[] {
  const missing = (claim: Claim): boolean => isUnknown(claim) || restates(claim, statement);
  return [
    ...(owner === 'unknown' ? ['owner'] : []),
    ...(missing(rationale) ? ['rationale'] : []),
    ...(missing(test) ? ['a test'] : []),
  ];
}
