import type { Finding } from '../criterion.ts';
import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** At most so many `errors` and `warnings` of the linter. */
export const lint: Guard = {
  id: 'lint',
  parameters: ['errors', 'warnings'],
  check(evidence, parameters) {
    const [errors, warnings] = [numberOf(parameters, 'errors', 0), numberOf(parameters, 'warnings', 10)];
    const report = measurement<{ errors: number; warnings: number }>(evidence, 'SourceCode', 'lint');
    if (!('value' in report)) return report;
    const found = `${report.value.errors} errors, ${report.value.warnings} warnings`;
    if (report.value.errors <= errors && report.value.warnings <= warnings) return held(found);
    const finding: Finding = { kind: 'other', text: `the linter reports ${found}` };
    return broken(found, `at most ${errors} errors, ${warnings} warnings`, [finding]);
  },
};
