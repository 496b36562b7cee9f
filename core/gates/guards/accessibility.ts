import { breaksAA, type Violation, violationFinding } from '../criteria/accessibility.ts';
import { measurement } from '../evidence/measurement.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** At most so many `violations` of WCAG level A or AA. */
export const accessibilityGuard: Guard = {
  id: 'accessibility',
  parameters: ['violations'],
  criterion: 'accessibility',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'violations', 0);
    const audit = measurement<Violation[]>(evidence, 'A11yAudit', 'violations');
    if (!('value' in audit)) return audit;
    const breaking = audit.value.filter(breaksAA);
    const found = `${breaking.length} violations of WCAG A or AA`;
    return breaking.length <= most ? held(found) : broken(found, `at most ${most}`, breaking.map(violationFinding));
  },
};
