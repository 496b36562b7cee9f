// The cause of a failure as it may leave the worker: short, and without what looks like a secret or a token.

/** Characters; Step Functions takes 32,768, a person reads less. */
const LONGEST = 500;

const SECRETS = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:sk|pk|ghp|gho|xox[a-z])[-_][A-Za-z0-9_-]{16,}\b/g,
  /\b(?:bearer|basic)\s+[^\s"',;]+/gi,
  /\b(?:authorization|api[-_ ]?key|password|secret|token)\b["']?\s*[:=]\s*["']?[^\s"',;]+/gi,
  /\b[A-Za-z0-9+/_-]{48,}={0,2}/g,
];

export function safeCause(text: string): string {
  const clean = SECRETS.reduce((left, pattern) => left.replace(pattern, '[removed]'), text);
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1)}…`;
}
