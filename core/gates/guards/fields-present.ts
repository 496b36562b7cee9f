import type { Finding } from '../criterion.ts';
import { atPath, isFilled } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { listOf, textOf } from '../parameters.ts';

/** `artifact` has each of `fields` (dotted paths), and none is UNKNOWN. */
export const fieldsPresent: Guard = {
  id: 'fields-present',
  parameters: ['artifact', 'fields'],
  criterion: 'completeness',
  check(evidence, parameters) {
    const artifact = textOf(parameters, 'artifact');
    const fields = listOf(parameters, 'fields').map(String);
    const missing = fields.filter(
      (field) => !atPath(evidence.artifacts[artifact], field).some(({ value }) => isFilled(value)),
    );
    if (missing.length === 0) return held(`${artifact} has ${fields.join(', ')}`);
    const findings = missing.map(
      (field): Finding => ({ kind: 'missing', text: `${artifact}.${field} is not known`, artifacts: [artifact] }),
    );
    return broken(`${artifact} without ${missing.join(', ')}`, `${artifact} with ${fields.join(', ')}`, findings);
  },
};
