import { isUnknown } from '../../artifacts/claim.ts';
import type { RiskRegister } from '../../artifacts/risk-register.ts';
import { RISK_CATEGORIES } from '../criteria/risk-coverage.ts';
import type { Finding } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { listOf, numberOf } from '../parameters.ts';

/** `atLeast` risks over the `categories`: that many in all, and one or more in each. */
export const risksByCategory: Guard = {
  id: 'risks-by-category',
  parameters: ['atLeast', 'categories'],
  criterion: 'risk-coverage',
  check(evidence, parameters) {
    const least = numberOf(parameters, 'atLeast', 3);
    const categories = listOf(parameters, 'categories', RISK_CATEGORIES).map(String);
    const risks = contentOf<RiskRegister>(evidence, 'RiskRegister')?.risks ?? [];
    const counts = categories.map((category) => ({
      category,
      count: risks.filter((risk) => risk.category === category && !isUnknown(risk.statement)).length,
    }));
    const all = counts.reduce((total, { count }) => total + count, 0);
    const found = counts.map(({ category, count }) => `${count} ${category}`).join(', ');
    const empty = counts.filter(({ count }) => count === 0);
    if (all >= least && empty.length === 0) return held(found);
    const findings: Finding[] = empty.map(({ category }) => ({
      kind: 'coverage',
      text: `no ${category} risk is named`,
    }));
    if (all < least) findings.push({ kind: 'coverage', text: `${all} risks are named, expected at least ${least}` });
    return broken(found, `at least ${least} risks over ${categories.join(', ')}`, findings);
  },
};
