import { isUnknown, restates } from '../../artifacts/claim.ts';
import type { Risk, RiskRegister } from '../../artifacts/risk-register.ts';
import { type Criterion, type Evidence, type Finding, share, unmeasured } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';

/** The sides every idea is threatened from (spec §6, critique). */
export const RISK_CATEGORIES = ['technical', 'business', 'user'] as const;

export const riskCoverage: Criterion = {
  id: 'risk-coverage',
  kind: 'computed',
  evidence: 'RiskRegister',
  formula: `categories with a risk that has likelihood, impact and mitigation / categories (${RISK_CATEGORIES.join(', ')})`,
  evaluate(evidence: Evidence) {
    const risks = contentOf<RiskRegister>(evidence, 'RiskRegister')?.risks;
    if (risks === undefined) return unmeasured('there is no RiskRegister');
    const findings = RISK_CATEGORIES.filter(
      (category) => !risks.some((risk) => risk.category === category && isAssessed(risk)),
    ).map(
      (category): Finding => ({
        kind: 'coverage',
        text: `no ${category} risk has likelihood, impact and mitigation`,
      }),
    );
    const covered = RISK_CATEGORIES.length - findings.length;
    return share(
      covered,
      RISK_CATEGORIES.length,
      'categories have a risk with likelihood, impact and mitigation',
      findings,
    );
  },
};

/** A mitigation that rests on the very span of the risk is none. */
function isAssessed({ statement, likelihood, impact, mitigation }: Risk): boolean {
  const mitigated = !isUnknown(mitigation) && !restates(mitigation, statement);
  return likelihood !== 'unknown' && impact !== 'unknown' && mitigated;
}
