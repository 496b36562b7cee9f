// The indefinite article, by the first letter: `an appointment`, `a loan`. Sounds that differ from their letter, as in
// `hour` or `user`, are told by a short list of beginnings.

const SPOKEN_AS_CONSONANT = /^(?:uni(?![mn])|use|usu|uti|eu|one\b|once)/i;
const SILENT_H = /^(?:hour|honest|honou?r|heir)/i;

/** `a` or `an`, a space, and the words. */
export function withArticle(words: string): string {
  const vowel = (/^[aeiou]/i.test(words) && !SPOKEN_AS_CONSONANT.test(words)) || SILENT_H.test(words);
  return `${vowel ? 'an' : 'a'} ${words}`;
}
