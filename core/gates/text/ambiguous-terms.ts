// The published list of terms that make a requirement ambiguous. Sources: the unbounded and ambiguous terms of
// ISO/IEC/IEEE 29148:2018, 5.2.7 (superlatives, subjective language, ambiguous adverbs and adjectives, open-ended terms,
// comparative phrases, loopholes) and the weak phrases of NASA's Automated Requirement Measurement tool
// (Wilson, Rosenberg, Hyatt, 1997). Whole words and phrases, case aside.

import { wordsOf } from './words.ts';

const ambiguousTerms: Readonly<Record<string, readonly string[]>> = {
  superlative: [
    'best',
    'optimal',
    'optimally',
    'state of the art',
    'world class',
    'cutting edge',
    'perfect',
    'perfectly',
  ],
  subjective: [
    'user friendly',
    'easy to use',
    'cost effective',
    'intuitive',
    'intuitively',
    'nice',
    'beautiful',
    'modern',
    'convenient',
    'attractive',
    'seamless',
    'seamlessly',
  ],
  adverb: [
    'almost always',
    'approximately',
    'roughly',
    'more or less',
    'quickly',
    'easily',
    'efficiently',
    'in a timely manner',
  ],
  adjective: [
    'adequate',
    'appropriate',
    'efficient',
    'effective',
    'flexible',
    'minimal',
    'normal',
    'reasonable',
    'robust',
    'scalable',
    'significant',
    'sufficient',
    'suitable',
    'timely',
    'various',
    'several',
  ],
  openEnded: [
    'and so on',
    'and so forth',
    'etc',
    'but not limited to',
    'as a minimum',
    'provide support',
    'and more',
    'or similar',
  ],
  comparative: ['better than', 'faster than', 'higher quality', 'as good as', 'easier than'],
  loophole: [
    'if possible',
    'where possible',
    'when possible',
    'as far as possible',
    'as soon as possible',
    'if practical',
    'as appropriate',
    'as applicable',
    'as required',
    'as needed',
    'if necessary',
    'where appropriate',
  ],
  incomplete: [
    'tbd',
    'tba',
    'to be determined',
    'to be decided',
    'to be defined',
    'somehow',
    'something like',
    'some kind of',
    'some sort of',
  ],
};

const terms = Object.values(ambiguousTerms).flat();

/** The ambiguous terms of a sentence, each as often as it occurs, in order of the list. */
export function ambiguousIn(sentence: string): string[] {
  const padded = ` ${wordsOf(sentence).join(' ')} `;
  return terms.flatMap((term) => Array.from({ length: padded.split(` ${term} `).length - 1 }, () => term));
}
