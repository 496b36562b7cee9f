import { isUnknown } from '../../artifacts/claim.ts';
import type { Finding } from '../criterion.ts';
import { claimsOf, placeName } from '../evidence/look.ts';
import { miscited } from '../evidence/support.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** No claim of what the phase makes cites a span that is not there, or states a figure or a denial that its span does not. */
export const citations: Guard = {
  id: 'citations',
  parameters: ['atMost'],
  criterion: 'grounding',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'atMost', 0);
    const claims = claimsOf(evidence, evidence.makes).filter(({ claim }) => !isUnknown(claim));
    const findings = claims.flatMap(({ artifact, pointer, claim }): Finding[] => {
      const why = miscited(evidence, claim);
      return why === null
        ? []
        : [{ kind: 'grounding', text: `${placeName(artifact, pointer)} ${why}`, artifacts: [artifact] }];
    });
    if (findings.length <= most) return held(`${findings.length} false citations in ${claims.length} claims`);
    return broken(`${findings.length} false citations`, `at most ${most}`, findings);
  },
};
