// From text to search terms: lower case words, without the commonest function words, stemmed.
// Modal words (must, can, only, not, ...) stay: they tell a requirement from a description.

import { stemmer } from 'stemmer';

const FUNCTION_WORDS = new Set(
  (
    'a an the and or but of to in on at by for from with as is are was were be been being it its this that these those ' +
    'their them they he she his her him we our us you your i my me which whom whose what when where while there here ' +
    'then than so such also into onto about over under up out off if because each any all both very just more most some ' +
    'has have had do does did one other own same too'
  ).split(' '),
);

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** Words as they stand, lower case. */
export function words(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** The stem a word is searched by; null for a function word. */
export function stem(word: string): string | null {
  const lower = word.toLowerCase().replace(/['’]s?$/, '');
  if (lower === '' || FUNCTION_WORDS.has(lower)) return null;
  return stemmer(lower);
}

/** Stems of a text in order, repeats kept. */
export function stems(text: string): string[] {
  return words(text).flatMap((word) => stem(word) ?? []);
}

/** `targetUsers` -> `target users`: how a field name reads. */
export function spoken(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}

/** How many of the phrases occur in the text as whole words, case aside. */
export function countPhrases(text: string, phrases: readonly string[]): number {
  const padded = ` ${words(text).join(' ')} `;
  return phrases.filter((phrase) => padded.includes(` ${words(phrase).join(' ')} `)).length;
}
