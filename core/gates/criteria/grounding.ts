import { isUnknown } from '../../artifacts/claim.ts';
import { type Criterion, type Evidence, type Finding, inapplicable, share, unmeasured } from '../criterion.ts';
import { claimsOf, placeName } from '../evidence/look.ts';
import { unsupported } from '../evidence/support.ts';

export const grounding: Criterion = {
  id: 'grounding',
  kind: 'computed',
  evidence: 'every claim of the artifacts the phase makes, and the spans it cites',
  formula:
    'claims whose cited spans exist and support them lexically / claims; UNKNOWN claims nothing and is not counted',
  evaluate(evidence: Evidence) {
    const placed = claimsOf(evidence, evidence.makes);
    if (placed.length === 0) return inapplicable('the artifacts make no claims');
    const claims = placed.filter(({ claim }) => !isUnknown(claim));
    if (claims.length === 0) return unmeasured(`all ${placed.length} claims are UNKNOWN`);
    const findings = claims.flatMap(({ artifact, pointer, claim }): Finding[] => {
      const why = unsupported(evidence, claim);
      return why === null
        ? []
        : [{ kind: 'grounding', text: `${placeName(artifact, pointer)} ${why}`, artifacts: [artifact] }];
    });
    return share(
      claims.length - findings.length,
      claims.length,
      'claims are supported by the spans they cite',
      findings,
    );
  },
};
