// Numbers with their units in a sentence, as ranges, so that two sentences can be told to disagree.
// "at least 5" allows 6, "at most 10" allows 6: those two agree; "5 days" and "2 weeks" do not.

import { stemmer } from 'stemmer';

export interface Quantity {
  /** Base unit: time in seconds, shares in percent, money by currency, anything else by the stem of its noun. */
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly text: string;
}

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_800,
  year: 31_557_600,
};

const WORD_NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

const NUMBER_STEMS = new Set(Object.keys(WORD_NUMBERS).map((word) => stemmer(word)));

const LEAST = '(?:at least|no less than|not less than|minimum of|a minimum of|more than|over|above)';
const MOST =
  '(?:at most|no more than|not more than|up to|maximum of|a maximum of|less than|fewer than|under|below|within)';
const NUMBER = `(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?|\\b(?:${Object.keys(WORD_NUMBERS).join('|')})\\b`;
const QUANTITY = new RegExp(
  `(?:(?<least>\\b${LEAST})\\s+|(?<most>\\b${MOST})\\s+)?(?<sign>[€$£])?\\s?(?<number>${NUMBER})\\s?(?<percent>%|percent\\b)?-?\\s?(?<noun>[A-Za-z]+)?`,
  'gi',
);
/** Words that follow a number without being what it counts. */
const NOT_A_UNIT = new Set(
  'a an the of or and in to on at by for from per with is are was were as than that more less who which'.split(' '),
);
const SIGNS: Readonly<Record<string, string>> = { '€': 'euro', $: 'dollar', '£': 'pound' };

export function quantitiesOf(sentence: string): Quantity[] {
  return [...sentence.matchAll(QUANTITY)].flatMap((match) => {
    const { least, most, sign, number = '', percent, noun } = match.groups ?? {};
    const amount = WORD_NUMBERS[number.toLowerCase()] ?? Number(number.replaceAll(',', ''));
    const { unit, factor } = unitOf(sign, percent, noun);
    if (unit === '') return [];
    const value = amount * factor;
    return [
      {
        unit,
        least: most === undefined ? value : Number.NEGATIVE_INFINITY,
        most: least === undefined ? value : Number.POSITIVE_INFINITY,
        text: match[0].trim(),
      },
    ];
  });
}

function unitOf(sign = '', percent = '', noun = ''): { unit: string; factor: number } {
  if (percent !== '') return { unit: '%', factor: 1 };
  if (sign !== '') return { unit: SIGNS[sign] ?? sign, factor: 1 };
  if (NOT_A_UNIT.has(noun.toLowerCase())) return { unit: '', factor: 1 };
  const singular = noun.toLowerCase().replace(/s$/, '');
  const seconds = SECONDS[singular];
  if (seconds !== undefined) return { unit: 'second', factor: seconds };
  return { unit: noun === '' ? '' : stemmer(noun.toLowerCase()), factor: 1 };
}

/** Whether no value could satisfy both. */
export const disagree = (a: Quantity, b: Quantity): boolean =>
  a.unit === b.unit && (a.least > b.most || b.least > a.most);

/** Whether a word, or the stem of one, is a number. */
export const isNumber = (word: string): boolean => /^\p{N}/u.test(word) || NUMBER_STEMS.has(word);
