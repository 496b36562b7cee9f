// References that a statement makes and does not resolve: a reader who has only the statement cannot tell what is meant.

import { sentencesOf } from './words.ts';

const OPENING_PRONOUN =
  /^(it|they|he|she|them|these|those|this|that)\b(?!\s+(?:is|was)\s+(?:important|possible|necessary)\b)/i;
/** A pronoun followed by a noun is a determiner ("this app"); these words after it show that it stands alone. */
const STANDS_ALONE =
  /^(?:it|they|he|she|them)\b|^(?:this|that|these|those)\s+(?:is|are|was|were|will|would|must|should|can|could|may|might|has|have|had|does|do|did|means?|makes?|allows?|lets?|happens?|works?|takes?|costs?|needs?|also|often|never|always|usually)\b/i;
const POINTS_ELSEWHERE =
  /\b(?:the (?:former|latter|above|following)|(?:see|(?:as )?(?:mentioned|described|listed|shown)|as) (?:above|below|before|earlier)|aforementioned)\b/gi;

/** What cannot be resolved, in order: an opening pronoun of the first sentence, and words that point outside. */
export function unresolvedIn(statement: string): string[] {
  const first = sentencesOf(statement)[0] ?? '';
  const pronoun = STANDS_ALONE.test(first) ? OPENING_PRONOUN.exec(first)?.[1] : undefined;
  const elsewhere = [...statement.matchAll(POINTS_ELSEWHERE)].map(([words]) => words);
  return pronoun === undefined ? elsewhere : [pronoun, ...elsewhere];
}
