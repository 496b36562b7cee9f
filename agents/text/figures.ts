// Numbers that a text states, with what they count. A number in digits, or one written out up to twenty.

import type { Passage } from './passages.ts';

export interface StatedFigure {
  readonly value: number;
  /** Currency sign, per cent, or the word after the number. */
  readonly unit: string;
  readonly passage: Passage;
}

const WRITTEN = new Map(
  [
    'zero one two three four five six seven eight nine ten',
    'eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  ]
    .join(' ')
    .split(' ')
    .map((word, value) => [word, value] as const),
);
/** Words after a number that are not what it counts. */
const NOT_UNITS = new Set(
  'a an the to and or in of at by on per each from with within before after as is are'.split(' '),
);
const NUMBER = /([€$£])?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(%|€|[\p{L}]+)?|\b([a-z]+)\s([\p{L}]+)/giu;

/** Figures in the order of the passages. `one` is left out: it is an article more often than a number. */
export function statedFigures(passages: readonly Passage[]): StatedFigure[] {
  return passages.flatMap((passage) => [...passage.text.matchAll(NUMBER)].flatMap((match) => figureOf(match, passage)));
}

function figureOf(match: RegExpExecArray, passage: Passage): StatedFigure[] {
  const [, sign, digits, after, written, counted] = match;
  if (digits !== undefined) {
    return [{ value: Number(digits.replace(/,/g, '')), unit: sign ?? unitOf(after), passage }];
  }
  const value = WRITTEN.get(written?.toLowerCase() ?? '');
  return value === undefined || value < 2 ? [] : [{ value, unit: unitOf(counted), passage }];
}

function unitOf(word: string | undefined): string {
  const lower = word?.toLowerCase() ?? '';
  return lower === '' || NOT_UNITS.has(lower) ? 'number' : lower;
}
