// The offline provider's token: a run of letters and digits, or one other character that is not white space.
// It is close to what model tokenizers give for English and needs no vocabulary; it is not any vendor's count.

const TOKEN = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;

export function countTokens(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(TOKEN)) count += 1;
  return count;
}
