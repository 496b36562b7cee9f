// Claims that repeat a statement of an earlier artifact, word for word, citing where it stands there.

import type { ArtifactType } from '../../core/artifacts/artifact-type.ts';
import { type Claim, isUnknown, unknownClaim } from '../../core/artifacts/claim.ts';

/** `pointer` is that of the claim in the artifact; an UNKNOWN stays UNKNOWN. */
export function citing(source: ArtifactType, pointer: string, claim: Claim): Claim {
  if (isUnknown(claim)) return unknownClaim();
  return { text: claim.text, cites: [{ source, pointer: `${pointer}/text`, start: 0, end: claim.text.length }] };
}

/** The same for a list of claims at `pointer`, UNKNOWN ones left out. */
export function citingAll(source: ArtifactType, pointer: string, claims: readonly Claim[]): Claim[] {
  return claims.map((claim, at) => citing(source, `${pointer}/${at}`, claim)).filter((claim) => !isUnknown(claim));
}
