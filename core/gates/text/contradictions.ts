// Finds pairs of statements about the same subject that cannot both be true: by numbers, by dates, by modality.
// Lexical and careful: two statements are compared only when most of their words are the same, so a contradiction in
// quite other words is not found, and what is found can be shown to a person as it stands.

import { datesDisagree, datesOf, type WrittenDate } from './dates.ts';
import { type Modality, modalitiesDisagree, modalityOf } from './modality.ts';
import { disagree, isNumber, type Quantity, quantitiesOf } from './quantities.ts';
import { jaccard, sentencesOf, stemsOf } from './words.ts';

/**
 * Share of words, without figures and modal words, that two statements must have in common (Jaccard). Above three in
 * four: one more word among four ("large tools" against "tools") makes it another subject.
 */
const SAME_SUBJECT = 0.76;
/** Fewer words are too few to tell a subject by. */
const LEAST_WORDS = 3;

export interface Statement {
  readonly text: string;
  /** Where it stands, for people. */
  readonly where: string;
}

interface Contradiction {
  readonly first: Statement;
  readonly second: Statement;
  readonly about: 'numbers' | 'dates' | 'modality';
  readonly why: string;
}

export interface Comparison {
  /** Pairs on the same subject with figures of the same unit, dates, or a modality to compare. */
  readonly comparable: number;
  readonly contradictions: readonly Contradiction[];
}

interface Parsed extends Statement {
  /** Words without figures, dates and modal words. */
  readonly subject: ReadonlySet<string>;
  readonly quantities: ReadonlyMap<string, Quantity>;
  readonly dates: readonly WrittenDate[];
  readonly modality: Modality;
}

/** Statements that read the same are one statement. */
export function compareStatements(statements: readonly Statement[]): Comparison {
  const parsed = distinctSentences(statements).map(parse);
  const contradictions: Contradiction[] = [];
  let comparable = 0;
  for (const [index, first] of parsed.entries()) {
    for (const second of parsed.slice(index + 1)) {
      const outcomes = [compareNumbers(first, second), compareDates(first, second), compareModality(first, second)];
      if (outcomes.some((outcome) => outcome !== undefined)) comparable += 1;
      const found = outcomes.find((outcome) => outcome !== undefined && outcome !== null);
      if (found) contradictions.push({ first: plain(first), second: plain(second), ...found });
    }
  }
  return { comparable, contradictions };
}

const plain = ({ text, where }: Statement): Statement => ({ text, where });

function distinctSentences(statements: readonly Statement[]): Statement[] {
  const byText = new Map<string, Statement>();
  for (const { text, where } of statements) {
    for (const sentence of sentencesOf(text)) {
      const key = sentence.toLowerCase().replace(/[\s.!?;]+$/, '');
      if (!byText.has(key)) byText.set(key, { text: sentence, where });
    }
  }
  return [...byText.values()];
}

function parse(statement: Statement): Parsed {
  const dates = datesOf(statement.text);
  const undated = without(statement.text, dates);
  const { modality, rest } = modalityOf(undated);
  const marks = dates.length > 0 ? ['a date'] : [];
  return {
    ...statement,
    subject: new Set([...subjectOf(rest), ...marks]),
    quantities: byUnit(quantitiesOf(undated)),
    dates,
    modality,
  };
}

/** Each figure leaves its base unit only: "7 days" and "two weeks" are the same words. */
function subjectOf(text: string): string[] {
  const quantities = quantitiesOf(text);
  const words = [...stemsOf(without(text, quantities))].filter((stem) => !isNumber(stem));
  return [...words, ...quantities.map(({ unit }) => `unit ${unit}`)];
}

const without = (text: string, parts: readonly { readonly text: string }[]): string =>
  parts.reduce((rest, part) => rest.replace(part.text, ' '), text);

/** Two figures of one unit in a sentence are the ends of a range. */
function byUnit(quantities: readonly Quantity[]): Map<string, Quantity> {
  const units = new Map<string, Quantity>();
  for (const quantity of quantities) {
    const before = units.get(quantity.unit);
    units.set(
      quantity.unit,
      before === undefined
        ? quantity
        : {
            unit: quantity.unit,
            least: Math.min(before.least, quantity.least),
            most: Math.max(before.most, quantity.most),
            text: `${before.text} ... ${quantity.text}`,
          },
    );
  }
  return units;
}

/** undefined: not comparable; null: comparable, and they agree. */
type Outcome = Pick<Contradiction, 'about' | 'why'> | null | undefined;

const sameSubject = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  Math.min(a.size, b.size) >= LEAST_WORDS && jaccard(a, b) >= SAME_SUBJECT;

function compareNumbers(first: Parsed, second: Parsed): Outcome {
  const units = [...first.quantities.keys()].filter((unit) => second.quantities.has(unit));
  if (units.length === 0 || !sameSubject(first.subject, second.subject)) return undefined;
  for (const unit of units) {
    const [a, b] = [first.quantities.get(unit) as Quantity, second.quantities.get(unit) as Quantity];
    if (disagree(a, b)) return { about: 'numbers', why: `"${a.text}" against "${b.text}"` };
  }
  return null;
}

function compareDates(first: Parsed, second: Parsed): Outcome {
  const [a, b] = [first.dates[0], second.dates[0]];
  if (a === undefined || b === undefined || first.dates.length !== 1 || second.dates.length !== 1) return undefined;
  if (!sameSubject(first.subject, second.subject)) return undefined;
  return datesDisagree(a, b) ? { about: 'dates', why: `"${a.text}" against "${b.text}"` } : null;
}

function compareModality(first: Parsed, second: Parsed): Outcome {
  if (!sameSubject(first.subject, second.subject)) return undefined;
  return modalitiesDisagree(first.modality, second.modality)
    ? { about: 'modality', why: `${first.modality} against ${second.modality}` }
    : null;
}
