import { type Criterion, type Finding, unmeasured } from '../criterion.ts';
import { severitiesOf } from '../evidence/severities.ts';

/** What one finding takes off the score, in hundredths: the limits of the guard (0, 2, 10) leave half of it. */
const COST = { critical: 100, high: 15, medium: 2, low: 0 } as const;

export const vulnerabilities: Criterion = {
  id: 'vulnerabilities',
  kind: 'measured',
  evidence: 'VulnerabilityScan.vulnerabilities, SecurityPack.sast and SecurityPack.dast, by severity',
  formula: '1 - (critical * 1 + high * 0.15 + medium * 0.02), at least 0',
  evaluate(evidence) {
    const { counts, named, missing } = severitiesOf(evidence);
    if (missing.length > 0) return unmeasured(missing.join('; '));
    const { critical, high, medium, low } = counts;
    const cost = critical * COST.critical + high * COST.high + medium * COST.medium + low * COST.low;
    const findings = named
      .filter(({ severity }) => severity !== 'low')
      .map(({ severity, text }): Finding => ({ kind: 'vulnerability', text: `${severity}: ${text}` }));
    const detail = `${critical} critical, ${high} high, ${medium} medium, ${low} low`;
    return { status: 'measured', score: Math.max(0, 100 - cost) / 100, detail, findings };
  },
};
