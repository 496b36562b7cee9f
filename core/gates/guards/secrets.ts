import { type FoundSecret, secretFinding } from '../criteria/secrets.ts';
import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** At most `atMost` secrets are found; none, unless said otherwise. */
export const secretsGuard: Guard = {
  id: 'secrets',
  parameters: ['atMost'],
  criterion: 'secrets',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'atMost', 0);
    const report = measurement<FoundSecret[]>(evidence, 'SecretsScanReport', 'secrets');
    if (!('value' in report)) return report;
    const found = `${report.value.length} secrets`;
    return report.value.length <= most
      ? held(found)
      : broken(found, `at most ${most}`, report.value.map(secretFinding));
  },
};
