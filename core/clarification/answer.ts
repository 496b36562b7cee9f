// An answer cites where it stands; how far it can be trusted is computed from what it cites, never self-declared.

import { type Claim, isUnknown, unknownClaim } from '../artifacts/claim.ts';
import type { Evidence } from '../gates/criterion.ts';
import { citedText, unsupported } from '../gates/evidence/support.ts';
import { overlap, stemsOf } from '../gates/text/words.ts';
import type { Question } from './question.ts';

/** Below this an answer is UNKNOWN (spec §5). */
const LEAST_CONFIDENCE = 0.6;
/** Words of the subject that an answer must share to be sure to speak of it. */
const SURE_WORDS = 3;

export interface Answer {
  readonly question: string;
  readonly claim: Claim;
  /** 0 to 1. */
  readonly confidence: number;
}

/** The answer as it counts: UNKNOWN when nothing supports it, or too little of it speaks of what was asked. */
export function answerWith(evidence: Evidence, question: Question, claim: Claim): Answer {
  const confidence = confidenceOf(evidence, question, claim);
  return { question: question.id, claim: confidence < LEAST_CONFIDENCE ? unknownClaim() : claim, confidence };
}

/** Mean of the share of its words that its spans have, and of how far it speaks of what was asked about. */
function confidenceOf(evidence: Evidence, { decision }: Question, claim: Claim): number {
  if (isUnknown(claim) || unsupported(evidence, claim) !== null) return 0;
  const cited = stemsOf(claim.cites.map((cite) => citedText(evidence, cite) ?? '').join(' '));
  const own = stemsOf(claim.text);
  // A field of the artifact itself is not about a record: whatever its description found speaks of it.
  const asked = stemsOf(decision.about);
  const enough = Math.min(SURE_WORDS, asked.size);
  const shared = [...asked].filter((stem) => own.has(stem)).length;
  const relevance = enough === 0 ? 1 : Math.min(1, shared / enough);
  return rounded((overlap(own, cited) + relevance) / 2);
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
