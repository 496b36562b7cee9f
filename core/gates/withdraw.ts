// Stricter validation: of what a phase has made, statements that their spans do not support are withdrawn, and so is the
// unsupported one of two that contradict each other. Where both are supported the sources themselves disagree: nobody can
// tell which holds, so both stay and the gate says so.

import { type Claim, isUnknown, UNKNOWN } from '../artifacts/claim.ts';
import type { Json } from '../json.ts';
import type { Evidence } from './criterion.ts';
import { atPointer, claimsOf, placeName } from './evidence/look.ts';
import { unsupported } from './evidence/support.ts';

export interface Withdrawn {
  readonly place: string;
  readonly text: string;
  readonly why: string;
}

/** @returns the contents of what the phase makes without those statements, and what they were. */
export function withdrawUnsupported(evidence: Evidence): {
  readonly contents: { readonly [type: string]: Json };
  readonly withdrawn: readonly Withdrawn[];
} {
  const made = evidence.makes.filter((type) => evidence.artifacts[type] !== undefined);
  const contents = structuredClone(Object.fromEntries(made.map((type) => [type, evidence.artifacts[type] as Json])));
  const withdrawn: Withdrawn[] = [];
  for (const { artifact, pointer, claim } of claimsOf(evidence, made)) {
    if (isUnknown(claim)) continue;
    const why = unsupported(evidence, claim);
    if (why === null) continue;
    const place = atPointer(contents[artifact] as Json, pointer) as unknown as { text: string; cites: Claim['cites'] };
    place.text = UNKNOWN;
    place.cites = [];
    withdrawn.push({ place: placeName(artifact, pointer), text: claim.text, why });
  }
  return { contents, withdrawn };
}
