// Whether the spans a claim cites support it, lexically: the span is really there, most of the claim's words are in it,
// so is every number, and a claim that denies something cites a span that denies something.

import type { Cite, Claim } from '../../artifacts/claim.ts';
import type { Evidence } from '../criterion.ts';
import { isNegated, overlap, stemsOf } from '../text/words.ts';
import { atPointer, placeName } from './look.ts';

/** Share of a claim's words that its spans must have. */
const GROUNDING_OVERLAP = 0.6;

/** The cited text, or null when no such span exists. */
export function citedText(evidence: Evidence, { source, pointer, start, end }: Cite): string | null {
  const root = source === 'Idea' ? evidence.idea : evidence.artifacts[source];
  const text = root === undefined ? undefined : atPointer(root, pointer);
  if (typeof text !== 'string' || start < 0 || start >= end || end > text.length) return null;
  return text.slice(start, end);
}

/** Why the claim is not grounded; null when it is. */
export function unsupported(evidence: Evidence, claim: Claim): string | null {
  const wrong = miscited(evidence, claim);
  if (wrong !== null) return wrong;
  const cited = stemsOf(claim.cites.map((cite) => citedText(evidence, cite)).join(' '));
  const shared = overlap(stemsOf(claim.text), cited);
  const least = evidence.groundingOverlap ?? GROUNDING_OVERLAP;
  if (shared < least)
    return `shares ${Math.round(shared * 100)} % of its words with its source, less than ${Math.round(least * 100)} %`;
  return null;
}

/** Why what the claim cites cannot be its source, whatever words they share; null when it can. */
export function miscited(evidence: Evidence, claim: Claim): string | null {
  if (claim.cites.length === 0) return 'cites nothing';
  const spans = claim.cites.map((cite) => citedText(evidence, cite));
  const lost = spans.indexOf(null);
  if (lost !== -1) {
    const { source, pointer, start, end } = claim.cites[lost] as Cite;
    return `cites ${placeName(source, pointer)} from ${start} to ${end}, which is not there`;
  }
  const cited = spans.join(' ');
  const citedStems = stemsOf(cited);
  const number = [...stemsOf(claim.text)].find((stem) => /^\p{N}/u.test(stem) && !citedStems.has(stem));
  if (number !== undefined) return `says ${number}, which its source does not`;
  return isNegated(claim.text) && !isNegated(cited) ? 'denies what its source does not deny' : null;
}
