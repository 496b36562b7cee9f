// Validates an answer (spec §5): grounding, completeness, specificity and consistency, each with its threshold, and their
// mean. All four are computed from the answer, its cites and the other statements, so anyone can do it again.

import { isUnknown } from '../artifacts/claim.ts';
import type { Evidence } from '../gates/criterion.ts';
import { claimsOf, placeName } from '../gates/evidence/look.ts';
import { citedText, unsupported } from '../gates/evidence/support.ts';
import { ambiguousIn } from '../gates/text/ambiguous-terms.ts';
import { compareStatements, type Statement } from '../gates/text/contradictions.ts';
import { unresolvedIn } from '../gates/text/references.ts';
import { jaccard, overlap, sentencesOf, stemsOf } from '../gates/text/words.ts';
import type { Answer } from './answer.ts';
import { NEAR_DUPLICATE, type Question } from './question.ts';

const THRESHOLDS = { grounding: 0.7, completeness: 0.7, specificity: 0.6, consistency: 0.8, mean: 0.7 } as const;

export interface Validation {
  readonly question: string;
  readonly accepted: boolean;
  /** Each 0 to 1. */
  readonly grounding: number;
  readonly completeness: number;
  readonly specificity: number;
  readonly consistency: number;
  readonly mean: number;
  /** Why it was not accepted; none when it was. */
  readonly reasons: readonly string[];
}

/** @param known statements of earlier bindings that it must not contradict, beside those of the artifacts. */
export function validate(
  evidence: Evidence,
  question: Question,
  answer: Answer,
  known: readonly Statement[] = [],
): Validation {
  const { claim } = answer;
  if (isUnknown(claim)) return rejected(question.id, ['the answer is UNKNOWN']);
  const scores = {
    grounding: groundingOf(evidence, answer),
    completeness: completenessOf(question, claim.text),
    specificity: specificityOf(claim.text),
    consistency: consistencyOf(evidence, claim.text, known),
  };
  const mean = rounded((scores.grounding + scores.completeness + scores.specificity + scores.consistency) / 4);
  const all = { ...scores, mean };
  const reasons = (Object.keys(THRESHOLDS) as (keyof typeof THRESHOLDS)[])
    .filter((name) => all[name] < THRESHOLDS[name])
    .map((name) => `${name} is ${all[name]}, less than ${THRESHOLDS[name]}`);
  return { question: question.id, accepted: reasons.length === 0, ...all, reasons };
}

const rejected = (question: string, reasons: readonly string[]): Validation => ({
  question,
  accepted: false,
  grounding: 0,
  completeness: 0,
  specificity: 0,
  consistency: 0,
  mean: 0,
  reasons,
});

function groundingOf(evidence: Evidence, { claim }: Answer): number {
  if (unsupported(evidence, claim) !== null) return 0;
  return rounded(overlap(stemsOf(claim.text), stemsOf(claim.cites.map((cite) => citedText(evidence, cite)).join(' '))));
}

/** Half of the words of what was asked about must come back in the answer; an echo of it answers nothing. */
function completenessOf({ decision }: Question, answer: string): number {
  const asked = stemsOf(decision.about);
  if (asked.size === 0) return 1;
  const own = stemsOf(answer);
  if (jaccard(asked, own) > NEAR_DUPLICATE) return 0;
  const shared = [...asked].filter((stem) => own.has(stem)).length;
  return rounded(Math.min(1, shared / Math.max(1, Math.ceil(asked.size / 2))));
}

function specificityOf(text: string): number {
  const vague = ambiguousIn(text).length + unresolvedIn(text).length;
  return rounded(Math.max(0, 1 - vague / Math.max(1, sentencesOf(text).length)));
}

/** 1 - contradicting pairs / comparable pairs, of the pairs the answer is part of. */
function consistencyOf(evidence: Evidence, text: string, known: readonly Statement[]): number {
  const others = claimsOf(evidence, Object.keys(evidence.artifacts).sort())
    .filter(({ claim }) => !isUnknown(claim) && claim.text !== text)
    .map(({ artifact, pointer, claim }) => ({ text: claim.text, where: placeName(artifact, pointer) }));
  let comparable = 0;
  let contradicting = 0;
  for (const other of [...others, ...known]) {
    const pair = compareStatements([{ text, where: 'the answer' }, other]);
    comparable += pair.comparable;
    contradicting += pair.contradictions.length;
  }
  return comparable === 0 ? 1 : rounded(1 - contradicting / comparable);
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
