// What a reader of an artifact would question: vague words in its claims, and claims nobody could ground.

import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import { isUnknown, unknownClaim } from '../../core/artifacts/claim.ts';
import type { Finding } from '../../core/artifacts/critique-report.ts';
import type { Json } from '../../core/json.ts';
import { countPhrases } from '../text/terms.ts';
import { VAGUE_WORDS } from '../text/vague-words.ts';
import { citing } from './citing.ts';
import { claimsIn, type PlacedClaim } from './claims-in.ts';

type Draft = Omit<Finding, 'id'>;

/** Each vague word of each sentence once, however often the sentence is repeated. */
export function ambiguitiesIn(artifact: ArtifactType, content: Json): Draft[] {
  const seen = new Set<string>();
  const fresh = ({ claim }: PlacedClaim) => !seen.has(claim.text) && seen.add(claim.text) !== undefined;
  return claimsIn(content)
    .filter(fresh)
    .flatMap(({ pointer, claim }) =>
      VAGUE_WORDS.filter((term) => countPhrases(claim.text, [term]) > 0).map(
        (term): Draft => ({ kind: 'ambiguity', artifact, pointer, term, statement: citing(artifact, pointer, claim) }),
      ),
    );
}

export function gapsIn(artifact: ArtifactType, content: Json): Draft[] {
  return claimsIn(content)
    .filter(({ claim }) => isUnknown(claim))
    .map(({ pointer }): Draft => {
      const term = pointer.split('/').findLast((part) => !/^\d+$/.test(part)) ?? '';
      return { kind: 'gap', artifact, pointer, term, statement: unknownClaim() };
    });
}
