// Words of an acceptance line that ask for more than a plain operation on records: figures, times, conditions,
// exceptions, media. Whatever of them no check covers is open, and a line with something open is not accepted.

const NUMBER = '\\d[\\d.,]*';
const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:at (?:least|most)|up to|within|every|last|under|over|after|more than|fewer than)?\\s*${NUMBER}(?:[:-]\\d+)?\\s*[\\p{L}%]+`,
    'giu',
  ),
  /\b(?:must not|cannot|never|refuses?|without|nobody|none of|only|unless|no longer)\b/giu,
  /\b(?:when|while|once|until|before|after|every|expires?|overdue|overlaps?|automatically|immediately|by itself)\b/giu,
  /\b(?:offline|synchroni[sz]e\w*|connections?|e-?mail|sms|text messages?|photos?|maps?|position|scan\w*|print\w*|gps|csv|spreadsheet|export\w*|languages?|spanish|romanian|arabic|symbols?|reminders?|warn\w*|estimate\w*|wcag|gdpr|encrypted|passwords?)\b/giu,
];

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The marks of the line that no span covers, as they stand in it, in order and once each. */
export function openMarks(line: string, covered: readonly Span[]): string[] {
  const found = PATTERNS.flatMap((pattern) => [...line.matchAll(pattern)])
    .map((match) => ({ from: match.index, to: match.index + match[0].length, text: match[0].trim() }))
    .filter(({ from, to }) => !covered.some((span) => span.from <= from && to <= span.to))
    .sort((a, b) => a.from - b.from);
  return [...new Set(found.map(({ text }) => text))];
}
