// The text of the rules that a generated project may need: a story brings the ones it uses. Days are calendar days in UTC.

import type { RuleCheck } from './rules.ts';

const PERIOD = `
const DAY_MS = 86_400_000;

/** The day of a field as a number; null when the record has none. */
function dayOf(row: Row, field: string): number | null {
  const value = row[field];
  return typeof value === 'string' ? Date.parse(value) / DAY_MS : null;
}
`;

export const RULE_FILES: Readonly<Record<RuleCheck['kind'], string>> = {
  'max-days': `// A record lasts at most so many days, its last day included, and does not end before it starts.

import type { Rule } from '../rule.ts';
import type { Row } from '../store.ts';
${PERIOD}
export function maxDays(story: string, entity: string, start: string, end: string, days: number): Rule {
  return {
    story,
    says: \`it must not last longer than \${days} days, nor end before it starts\`,
    refuses(change) {
      if (change.entity !== entity || change.after === null) return false;
      const [from, to] = [dayOf(change.after, start), dayOf(change.after, end)];
      return from !== null && to !== null && (to < from || to - from + 1 > days);
    },
  };
}
`,
  'no-overlap': `// Two records of the same thing do not overlap: a day belongs to one of them only.

import type { Rule } from '../rule.ts';
import type { Row } from '../store.ts';
${PERIOD}
export function noOverlap(story: string, entity: string, of: string, start: string, end: string): Rule {
  return {
    story,
    says: 'it overlaps another record of the same thing',
    refuses(change, known) {
      const { after } = change;
      if (change.entity !== entity || after === null) return false;
      const [from, to] = [dayOf(after, start), dayOf(after, end)];
      if (from === null || to === null || after[of] === null || after[of] === undefined) return false;
      return known.all(entity).some((other) => {
        const [begins, ends] = [dayOf(other, start), dayOf(other, end)];
        if (other.id === after.id || other[of] !== after[of] || begins === null || ends === null) return false;
        return begins <= to && from <= ends;
      });
    },
  };
}
`,
  'remove-until': `// A record can be removed until so many days before it starts.

import type { Rule } from '../rule.ts';
import type { Row } from '../store.ts';
${PERIOD}
export function removeUntil(story: string, entity: string, start: string, daysBefore: number): Rule {
  return {
    story,
    says: \`it can be removed until \${daysBefore} days before it starts\`,
    refuses(change, known) {
      if (change.kind !== 'remove' || change.entity !== entity || change.before === null) return false;
      const from = dayOf(change.before, start);
      return from !== null && Math.floor(known.now().getTime() / DAY_MS) > from - daysBefore;
    },
  };
}
`,
  'only-once': `// A thing belongs to one record of a kind only.

import type { Rule } from '../rule.ts';

export function onlyOnce(story: string, entity: string, of: string): Rule {
  return {
    story,
    says: 'another record has it already',
    refuses({ entity: changed, after }, known) {
      if (changed !== entity || after === null || after[of] === null || after[of] === undefined) return false;
      return known.all(entity).some((other) => other.id !== after.id && other[of] === after[of]);
    },
  };
}
`,
};
