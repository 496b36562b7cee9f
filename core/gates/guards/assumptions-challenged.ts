import { type Claim, isUnknown, restates } from '../../artifacts/claim.ts';
import type { RevisedAssumptions } from '../../artifacts/revised-assumptions.ts';
import { contentOf } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** An assumption is challenged when there is a reason for or against it, or a test of it, other than its own sentence. */
export const assumptionsChallenged: Guard = {
  id: 'assumptions-challenged',
  parameters: ['atLeast'],
  criterion: 'assumption-quality',
  check(evidence, parameters) {
    const least = numberOf(parameters, 'atLeast', 5);
    const assumptions = contentOf<RevisedAssumptions>(evidence, 'RevisedAssumptions')?.assumptions ?? [];
    const says = (claim: Claim, statement: Claim): boolean => !isUnknown(claim) && !restates(claim, statement);
    const challenged = assumptions.filter(
      ({ statement, rationale, test }) =>
        !isUnknown(statement) && (says(rationale, statement) || says(test, statement)),
    ).length;
    const found = `${challenged} of ${assumptions.length} assumptions are challenged`;
    if (challenged >= least) return held(found);
    return broken(found, `at least ${least}`, [
      { kind: 'coverage', text: `${found}, expected at least ${least}`, artifacts: ['RevisedAssumptions'] },
    ]);
  },
};
