// The cause of a failure as it may leave the worker: short, and without what looks like a secret or a token.

import { REMOVED, withoutSecrets } from '../../core/secrets.ts';

/** Characters; Step Functions takes 32,768, a person reads less. */
const LONGEST = 500;

/** More than has the form of a secret: a cause loses nothing by it. */
const SUSPECT = [
  /\b(?:bearer|basic)\s+[^\s"',;]+/gi,
  /\b(?:authorization|api[-_ ]?key|password|secret|token)\b["']?\s*[:=]\s*["']?[^\s"',;]+/gi,
  /\b[A-Za-z0-9+/_-]{48,}={0,2}/g,
];

export function safeCause(text: string): string {
  const clean = SUSPECT.reduce((left, pattern) => left.replace(pattern, REMOVED), withoutSecrets(text));
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1)}…`;
}
