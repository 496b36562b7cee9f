import type { Finding } from '../criterion.ts';
import { severitiesOf } from '../evidence/severities.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

const LIMITED = ['critical', 'high', 'medium'] as const;
/** Spec §6, security. */
const DEFAULTS = { critical: 0, high: 2, medium: 10 } as const;

/** At most so many findings of each severity. What was found counts even where another report is missing. */
export const vulnerabilitiesBySeverity: Guard = {
  id: 'vulnerabilities-by-severity',
  parameters: LIMITED,
  criterion: 'vulnerabilities',
  check(evidence, parameters) {
    const limits = LIMITED.map((severity) => ({ severity, most: numberOf(parameters, severity, DEFAULTS[severity]) }));
    const { counts, named, missing } = severitiesOf(evidence);
    const over = limits.filter(({ severity, most }) => counts[severity] > most);
    const found = LIMITED.map((severity) => `${counts[severity]} ${severity}`).join(', ');
    if (over.length > 0) {
      const findings = named
        .filter(({ severity }) => over.some((limit) => limit.severity === severity))
        .map(({ severity, text }): Finding => ({ kind: 'vulnerability', text: `${severity}: ${text}` }));
      return broken(found, `at most ${limits.map(({ severity, most }) => `${most} ${severity}`).join(', ')}`, findings);
    }
    return missing.length > 0 ? { status: 'unmeasured', reason: missing.join('; ') } : held(found);
  },
};
