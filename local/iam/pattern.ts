// Wildcards of policies: * is any text, ? any one character. Patterns are compiled once.

const MAX_CACHED = 10_000;
const compiled = new Map<string, RegExp>();

export function matches(pattern: string, text: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!ignoreCase && !pattern.includes('*') && !pattern.includes('?')) return false;
  const key = `${ignoreCase ? 'i' : 's'}${pattern}`;
  let regex = compiled.get(key);
  if (regex === undefined) {
    const body = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    regex = new RegExp(`^${body}$`, ignoreCase ? 'is' : 's');
    if (compiled.size >= MAX_CACHED) compiled.clear();
    compiled.set(key, regex);
  }
  return regex.test(text);
}

/** ARNs match part by part, so that a * does not reach beyond its colon; the resource part may hold colons. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [wanted, found] = [parts(pattern), parts(arn)];
  return wanted.length === found.length && wanted.every((part, at) => matches(part, found[at] as string));
}

function parts(arn: string): string[] {
  const all = arn.split(':');
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(':')];
}
