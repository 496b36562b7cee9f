// Words, stems and sentences of a statement, for criteria that compare texts. English only, like the rest of the house.

import { stemmer } from 'stemmer';

/** Words that say nothing about the subject. Negations, modal words and words of order (before, after, first) stay. */
const FUNCTION_WORDS = new Set(
  (
    'a an the and or but of to in on at by for from with as is are was were be been being am it its this that these ' +
    'those their them they he she his her him we our us you your i my me which who whom whose what when where there ' +
    'here then than so such also into onto about if because has have had do does did will would each every any all both ' +
    'some'
  ).split(' '),
);

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** In order, lower case. */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase().replace('’', "'"));
}

/** Distinct stems of the words that say something. */
export function stemsOf(text: string): Set<string> {
  const kept = wordsOf(text)
    .map((word) => word.replace(/'s$/, ''))
    .filter((word) => !FUNCTION_WORDS.has(word));
  return new Set(kept.map((word) => (/^\p{N}/u.test(word) ? word : stemmer(word))));
}

/** Share of `a` that is in `b`; 1 when `a` is empty. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0) return 1;
  return [...a].filter((stem) => b.has(stem)).length / a.size;
}

/** |both| / |either|; 0 when there is none. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((stem) => b.has(stem)).length;
  const either = a.size + b.size - both;
  return either === 0 ? 0 : both / either;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences with letters in them, trimmed. */
export function sentencesOf(text: string): string[] {
  return [...segmenter.segment(text.replace(/\s+/g, ' '))]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

const NEGATIONS = /\b(?:not|never|no|none|nobody|nothing|nowhere|without|cannot|neither|nor|\w+n['’]t)\b/i;

export const isNegated = (text: string): boolean => NEGATIONS.test(text);
