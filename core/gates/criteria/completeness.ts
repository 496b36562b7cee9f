import { type Criterion, type Evidence, type Finding, inapplicable, share } from '../criterion.ts';
import { atPath, isFilled, placeName } from '../evidence/look.ts';
import { requiredFields } from '../required-fields.ts';

export const completeness: Criterion = {
  id: 'completeness',
  kind: 'computed',
  evidence: 'the artifacts the phase makes; their required fields are listed in core/gates/required-fields.ts',
  formula: 'required fields present and not UNKNOWN / required fields',
  evaluate(evidence: Evidence) {
    const findings: Finding[] = [];
    let required = 0;
    for (const type of evidence.makes) {
      for (const path of requiredFields[type] ?? []) {
        for (const { pointer, value } of atPath(evidence.artifacts[type], path)) {
          required += 1;
          if (!isFilled(value))
            findings.push({ kind: 'missing', text: `${placeName(type, pointer)} is not known`, artifacts: [type] });
        }
      }
    }
    if (required === 0) return inapplicable('the phase makes nothing that has required fields');
    return share(required - findings.length, required, 'required fields are present and known', findings);
  },
};
