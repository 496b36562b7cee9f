// What looks like a secret, by the forms secrets are issued in. Used wherever text of others is taken in or passed on: what
// is removed on the way in can leak nowhere.

import type { Json } from './json.ts';

/** What stands where a secret stood. */
export const REMOVED = '[removed]';

/** Forms that nothing else has; a false find costs one word. */
const ISSUED: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:sk|pk|rk|whsec)[-_](?:live|test|proj|ant|or)?[-_]?[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}\b/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bnpm_[A-Za-z0-9]{20,}\b/g,
  /\bpypi-[A-Za-z0-9_-]{20,}/g,
  /\bxox[a-z]-[A-Za-z0-9-]{10,}/g,
  /\bhf_[A-Za-z0-9]{20,}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /\bdop_v1_[a-f0-9]{32,}\b/g,
  // The password in an address.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]{1,100}:)[^\s/@]{3,}(?=@)/g,
];

/** A value that is said to be a secret: at least 8 characters with a digit, so that "password: required" stays. */
const SAID =
  /\b((?:aws_?)?(?:secret|session)[-_ ]?(?:access[-_ ]?)?(?:key|token)|api[-_ ]?key|access[-_ ]?token|auth[-_ ]?token|client[-_ ]?secret|password|passwd|passphrase|secret|token|credential)(["']?\s*(?:[:=]|is)\s*["'`]?)((?=[^\s"'`,;\\]*\d)[^\s"'`,;\\]{8,})/gi;

const BEARER = /\b(bearer|basic)(\s+)((?=[^\s"',;]*\d)[A-Za-z0-9+/_.=~-]{12,})/gi;

export function withoutSecrets(text: string): string {
  const issued = ISSUED.reduce((left, form) => left.replace(form, REMOVED), text);
  return issued.replace(SAID, `$1$2${REMOVED}`).replace(BEARER, `$1$2${REMOVED}`);
}

/** Every string of a value, the names of its members too. */
export function withoutSecretsIn(value: Json): Json {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecretsIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [withoutSecrets(key), withoutSecretsIn(member)]),
  );
}
