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
  'a an the to and or in of at by on per each from with within before after as is are this us'.split(' '),
);
const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP' };
/** A sign, the digits, and up to three words after them; or a word and the three after it. Times of day are no figures. */
const NUMBER =
  /(?:([€$£])\s?)?(?<![\d:.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d:])(?:\s?([%€$£]))?((?:[ -][\p{L}]+){0,3})|\b([a-z]+)((?: [\p{L}]+){1,3})/giu;

/** Figures in the order of the passages. `one` is left out: it is an article more often than a number. */
export function statedFigures(passages: readonly Passage[]): StatedFigure[] {
  return passages.flatMap((passage) => figuresOf(passage));
}

function figuresOf(passage: Passage): StatedFigure[] {
  const figures: StatedFigure[] = [];
  // Each match may swallow a number in its trailing words, so the search goes on right after the number itself.
  for (let at = 0; at < passage.text.length; ) {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(passage.text);
    if (match === null) break;
    const [, before, digits, sign, after, written, counted] = match;
    at = match.index + (digits === undefined ? (written ?? '').length : match[0].length - (after ?? '').length);
    const value = digits === undefined ? WRITTEN.get((written ?? '').toLowerCase()) : Number(digits.replace(/,/g, ''));
    if (value === undefined || (digits === undefined && value < 2)) continue;
    const mark = before ?? sign;
    const unit = mark === undefined ? unitOf(value, after ?? counted ?? '') : (SIGNS[mark] ?? mark);
    figures.push({ value, unit, passage });
  }
  return figures;
}

/** The plural among the next words (`190 outpatient clinics`), or the word right after a sign of measure or a one. */
function unitOf(value: number, after: string): string {
  const next = after.split(/[ -]/).filter((word) => word !== '');
  const first = next[0] ?? '';
  if (/^[A-Z]{2,}$|[a-z][A-Z]/.test(first)) return first;
  const stop = next.findIndex((word) => NOT_UNITS.has(word.toLowerCase()));
  const near = (stop === -1 ? next : next.slice(0, stop)).map((word) => word.toLowerCase());
  const plural = near.find((word) => /[^s]s$/.test(word));
  return plural ?? (value === 1 ? near[0] : undefined) ?? 'number';
}
