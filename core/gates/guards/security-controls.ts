import type { ArchitectureDoc } from '../../artifacts/architecture-doc.ts';
import { isUnknown } from '../../artifacts/claim.ts';
import { contentOf } from '../evidence/look.ts';
import { unsupported } from '../evidence/support.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/**
 * The architecture has `atLeast` security controls that say what is done, what is protected, and which statement of the
 * sources asks for it: a list every service gets says nothing of this one.
 */
export const securityControlsGuard: Guard = {
  id: 'security-controls',
  parameters: ['atLeast'],
  check(evidence, parameters) {
    const least = numberOf(parameters, 'atLeast', 5);
    const controls = contentOf<ArchitectureDoc>(evidence, 'ArchitectureDoc')?.controls ?? [];
    const stated = controls.filter(({ measure, protects }) => measure !== '' && protects.length > 0);
    const grounded = stated.filter(({ basis }) => !isUnknown(basis) && unsupported(evidence, basis) === null);
    const found = `${grounded.length} controls with a reason in the sources, of ${controls.length}`;
    if (grounded.length >= least) return held(found);
    const text = `the architecture has ${found}; expected at least ${least}`;
    return broken(found, `at least ${least}`, [{ kind: 'missing', text }]);
  },
};
