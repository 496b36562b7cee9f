import type { ArchitectureDoc } from '../../artifacts/architecture-doc.ts';
import { contentOf } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** The architecture has `atLeast` security controls that say what is done and what is protected. */
export const securityControlsGuard: Guard = {
  id: 'security-controls',
  parameters: ['atLeast'],
  check(evidence, parameters) {
    const least = numberOf(parameters, 'atLeast', 5);
    const controls = contentOf<ArchitectureDoc>(evidence, 'ArchitectureDoc')?.controls ?? [];
    const count = controls.filter(({ measure, protects }) => measure !== '' && protects.length > 0).length;
    if (count >= least) return held(`${count} controls`);
    const text = `the architecture has ${count} security controls, expected at least ${least}`;
    return broken(`${count} controls`, `at least ${least}`, [{ kind: 'missing', text }]);
  },
};
