// Condition blocks of policy statements: every operator and key must hold; of a key's values one is enough.

import { matches, matchesArn } from './pattern.ts';

/** Values of condition keys in one request, by lower-case name; a key the request does not have gives undefined. */
export type ConditionContext = (key: string) => string | readonly string[] | undefined;

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Test = (wanted: string, found: string) => boolean;

const day = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringEqualsIgnoreCase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  StringLike: (wanted, found) => matches(wanted, found),
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  NumericEquals: (wanted, found) => Number(found) === Number(wanted),
  NumericLessThan: (wanted, found) => Number(found) < Number(wanted),
  NumericLessThanEquals: (wanted, found) => Number(found) <= Number(wanted),
  NumericGreaterThan: (wanted, found) => Number(found) > Number(wanted),
  NumericGreaterThanEquals: (wanted, found) => Number(found) >= Number(wanted),
  DateEquals: (wanted, found) => day(found) === day(wanted),
  DateLessThan: (wanted, found) => day(found) < day(wanted),
  DateLessThanEquals: (wanted, found) => day(found) <= day(wanted),
  DateGreaterThan: (wanted, found) => day(found) > day(wanted),
  DateGreaterThanEquals: (wanted, found) => day(found) >= day(wanted),
};
/** Operators that hold when none of the values does. */
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** @throws Error naming an operator that is not offered */
export function conditionsHold(block: ConditionBlock, context: ConditionContext): boolean {
  return Object.entries(block).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, values(wanted), context(key.toLowerCase()), context)),
  );
}

function holds(
  written: string,
  wanted: readonly string[],
  found: string | readonly string[] | undefined,
  context: ConditionContext,
): boolean {
  const [, quantifier, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (found === undefined));
  const test = TESTS[NEGATED[name] ?? name];
  if (test === undefined) throw new Error(`the policy condition operator ${written} is not offered here`);
  const negated = name in NEGATED;
  if (found === undefined) return ifExists !== undefined || quantifier === 'ForAllValues' || negated;
  const asked = wanted.map((value) => substitute(value, context));
  const one = (value: string): boolean => asked.some((candidate) => test(candidate, value)) !== negated;
  const all = values(found);
  return quantifier === 'ForAllValues' || (quantifier === undefined && negated) ? all.every(one) : all.some(one);
}

function values(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Policy variables, such as ${aws:PrincipalArn}, and the escapes ${*}, ${?}, ${$}. */
export function substitute(text: string, context: ConditionContext): string {
  if (!text.includes('${')) return text;
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    if (/^[*?$]$/.test(name)) return name;
    const value = context(name.toLowerCase());
    return value === undefined ? whole : String(values(value)[0]);
  });
}
