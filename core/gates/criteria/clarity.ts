import { isUnknown } from '../../artifacts/claim.ts';
import { type Criterion, type Evidence, type Finding, unmeasured } from '../criterion.ts';
import { claimsOf, placeName } from '../evidence/look.ts';
import { ambiguousIn } from '../text/ambiguous-terms.ts';
import { unresolvedIn } from '../text/references.ts';
import { sentencesOf } from '../text/words.ts';

export const clarity: Criterion = {
  id: 'clarity',
  kind: 'computed',
  evidence: 'the statements of the artifacts the phase makes, each counted once; core/gates/text/ambiguous-terms.ts',
  formula: '1 - (ambiguous terms + unresolved references) / sentences, at least 0',
  evaluate(evidence: Evidence) {
    const known = claimsOf(evidence, evidence.makes).filter(({ claim }) => !isUnknown(claim));
    const statements = new Map(known.map((placed) => [placed.claim.text, placed]));
    const findings: Finding[] = [];
    let sentences = 0;
    for (const { artifact, pointer, claim } of statements.values()) {
      sentences += sentencesOf(claim.text).length;
      for (const term of ambiguousIn(claim.text)) {
        findings.push({
          kind: 'ambiguity',
          text: `${placeName(artifact, pointer)}: "${term}" can be read in more than one way`,
          artifacts: [artifact],
        });
      }
      for (const words of unresolvedIn(claim.text)) {
        findings.push({
          kind: 'ambiguity',
          text: `${placeName(artifact, pointer)}: what "${words}" refers to is not said`,
          artifacts: [artifact],
        });
      }
    }
    if (sentences === 0) return unmeasured('there is no sentence to read');
    const score = Math.max(0, 1 - findings.length / sentences);
    const detail = `ambiguous terms and unresolved references: ${findings.length} in ${sentences} sentences`;
    return { status: 'measured', score, detail, findings };
  },
};
