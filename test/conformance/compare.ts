// Compares recorded values with ours: `⟪name⟫` stands for anything present, inside a longer text for any non-empty text;
// JSON texts are compared as values; the order of members does not matter.

const MASK = /⟪[^⟫]*⟫/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function textMatches(expected: string, actual: string): boolean {
  if (expected === actual) return true;
  if (MASK.test(expected)) {
    const pattern = expected
      .split(/⟪[^⟫]*⟫/)
      .map(quote)
      .join('[\\s\\S]+?');
    if (new RegExp(`^${pattern}$`).test(actual)) return true;
    // A mask may have swallowed a quote of a JSON text within; spaces after separators are the writer's choice.
    const loose = (text: string) => text.replace(/([,:])\s+/g, '$1');
    const squeezed = loose(expected)
      .split(/"?⟪[^⟫]*⟫"?/)
      .map(quote)
      .join('[\\s\\S]+?');
    if (new RegExp(`^${squeezed}$`).test(loose(actual))) return true;
  }
  const [a, b] = [parsed(expected), parsed(actual)];
  // The recording may hold a JSON text decoded where we give the text.
  if (typeof b === 'string' && b !== actual && textMatches(expected, b)) return true;
  return typeof a === 'object' && typeof b === 'object' && difference(a, b) === undefined;
}

export interface Options {
  /** Members the actual value may have beyond the expected ones. */
  readonly extra?: ReadonlySet<string> | undefined;
}

/** Where and how the values differ, or undefined. */
export function difference(expected: unknown, actual: unknown, at = '', options: Options = {}): string | undefined {
  const wrong = () => `${at || '/'}: expected ${show(expected)}, found ${show(actual)}`;
  if (typeof expected === 'string' && /^⟪[^⟫]*⟫$/.test(expected)) return actual === undefined ? wrong() : undefined;
  if (expected === undefined) return actual === undefined ? undefined : wrong();
  if (expected === null || typeof expected === 'boolean' || typeof expected === 'number') {
    return expected === actual || (typeof actual === 'string' && parsed(actual) === expected) ? undefined : wrong();
  }
  if (typeof expected === 'string') {
    if (typeof actual === 'string') return textMatches(expected, actual) ? undefined : wrong();
    if (actual instanceof Date) return undefined;
    const value = parsed(expected);
    return value !== undefined && typeof value === 'object' ? difference(value, actual, at, options) : wrong();
  }
  let found = actual;
  if (typeof actual === 'string') found = parsed(actual);
  if (found === null || typeof found !== 'object') return wrong();
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return wrong();
    for (const [i, item] of expected.entries()) {
      const inner = difference(item, found[i], `${at}/${i}`, options);
      if (inner) return inner;
    }
    return undefined;
  }
  if (Array.isArray(found)) return wrong();
  const members = found as Record<string, unknown>;
  const masked = Object.keys(expected as object).some((key) => MASK.test(key));
  for (const [key, value] of Object.entries(expected as object)) {
    if (MASK.test(key)) continue;
    const inner = difference(value, members[key], `${at}/${key}`, options);
    if (inner) return inner;
  }
  for (const key of Object.keys(members)) {
    if (members[key] !== undefined && !(key in (expected as object)) && !masked && !options.extra?.has(key)) {
      return `${at}/${key}: not expected, found ${show(members[key])}`;
    }
  }
  return undefined;
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
