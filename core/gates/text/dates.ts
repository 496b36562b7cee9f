// Dates of a sentence, as precise as they are written: a year, a month of a year, a day.

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const MONTH = MONTHS.map((month) => (month === 'may' ? 'may' : `${month.slice(0, 3)}(?:${month.slice(3)})?`)).join('|');
const ISO = /\b(\d{4})-(\d{2})(?:-(\d{2}))?\b/g;
const DAY_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTH})\\b(?:,?\\s+(\\d{4}))?`, 'gi');
const MONTH_DAY = new RegExp(`\\b(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d)(?:,?\\s+(\\d{4}))?`, 'gi');
const MONTH_YEAR = new RegExp(`\\b(${MONTH})\\s+(\\d{4})\\b`, 'gi');

/** Parts that are not written are null. */
export interface WrittenDate {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  readonly text: string;
}

export function datesOf(sentence: string): WrittenDate[] {
  const found: WrittenDate[] = [];
  let rest = sentence;
  const take = (pattern: RegExp, read: (parts: (string | undefined)[]) => Omit<WrittenDate, 'text'>) => {
    rest = rest.replace(pattern, (...match) => {
      found.push({ ...read(match.slice(1, 4) as (string | undefined)[]), text: String(match[0]) });
      return ' ';
    });
  };
  take(ISO, ([year, month, day]) => ({ year: int(year), month: int(month), day: int(day) }));
  take(DAY_MONTH, ([day, month, year]) => ({ year: int(year), month: monthOf(month), day: int(day) }));
  take(MONTH_YEAR, ([month, year]) => ({ year: int(year), month: monthOf(month), day: null }));
  take(MONTH_DAY, ([month, day, year]) => ({ year: int(year), month: monthOf(month), day: int(day) }));
  return found;
}

const int = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function monthOf(name: string | undefined): number | null {
  const index = MONTHS.findIndex((month) => month.startsWith((name ?? '?').slice(0, 3).toLowerCase()));
  return index === -1 ? null : index + 1;
}

/** Whether the two cannot be the same date: a part that both write differs. */
export function datesDisagree(a: WrittenDate, b: WrittenDate): boolean {
  const differ = (x: number | null, y: number | null): boolean => x !== null && y !== null && x !== y;
  return differ(a.year, b.year) || differ(a.month, b.month) || differ(a.day, b.day);
}
