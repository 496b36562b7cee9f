// Fifty secrets that open nothing, in the forms real ones are issued in: each with a part that can be looked for.

import { createHash } from 'node:crypto';

export interface Canary {
  /** As it would be written down. */
  readonly text: string;
  /** What must not be found anywhere. */
  readonly core: string;
}

const hash = (n: number): string =>
  createHash('sha512')
    .update(`canary ${n}`)
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '');
const hex = (n: number): string => createHash('sha512').update(`canary ${n}`).digest('hex');

/** Forms, each taken in turn. Built from parts, so that no scanner of this repository takes them for real. */
const FORMS: readonly ((n: number) => Canary)[] = [
  (n) => whole(`AKIA${hash(n).toUpperCase().slice(0, 16)}`),
  (n) => whole(`sk${'-'}ant-api03-${hash(n).slice(0, 40)}`),
  (n) => whole(`sk${'-'}proj-${hash(n).slice(0, 40)}`),
  (n) => whole(`sk${'_'}live_${hash(n).slice(0, 24)}`),
  (n) => whole(`ghp${'_'}${hash(n).slice(0, 36)}`),
  (n) => whole(`github${'_'}pat_${hash(n).slice(0, 40)}`),
  (n) => whole(`glpat${'-'}${hash(n).slice(0, 20)}`),
  (n) => whole(`npm${'_'}${hash(n).slice(0, 36)}`),
  (n) => whole(`xoxb${'-'}${hash(n).slice(0, 30)}`),
  (n) => whole(`hf${'_'}${hash(n).slice(0, 34)}`),
  (n) => whole(`AIza${hash(n).slice(0, 35)}`),
  (n) => whole(`SG${'.'}${hash(n).slice(0, 22)}.${hash(n + 1000).slice(0, 43)}`),
  (n) => whole(`eyJ${hash(n).slice(0, 20)}.${hash(n + 1000).slice(0, 30)}.${hash(n + 2000).slice(0, 30)}`),
  (n) => within((secret) => `aws_secret_access_key = ${secret}`, hash(n).slice(0, 40)),
  (n) => within((secret) => `password: ${secret}`, `0${hash(n).slice(0, 14)}`),
  (n) => within((secret) => `api key is ${secret}`, hex(n).slice(0, 32)),
  (n) => within((secret) => `Authorization: Bearer ${secret}`, `9${hash(n).slice(0, 32)}`),
  (n) => within((secret) => `postgres://shop:${secret}@db.internal:5432/shop`, hash(n).slice(0, 18)),
  (n) => within((secret) => `client_secret=${secret}`, `7${hash(n).slice(0, 30)}`),
  (n) =>
    within(
      (secret) => `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${secret}\n-----END ${'RSA'} PRIVATE KEY-----`,
      hash(n).slice(0, 60),
    ),
];

const whole = (text: string): Canary => ({ text, core: text });
const within = (write: (secret: string) => string, core: string): Canary => ({ text: write(core), core });

export const canaries: readonly Canary[] = Array.from({ length: 50 }, (_, n) =>
  (FORMS[n % FORMS.length] as (n: number) => Canary)(n),
);

/** The canaries that stand in a text, as they are, in Base64 (at any offset) or in hexadecimal. */
export function foundIn(text: string): string[] {
  return canaries
    .filter(({ core }) => dresses(core).some((dress) => text.includes(dress)))
    .map(({ text: form }) => form);
}

function dresses(core: string): string[] {
  const bytes = Buffer.from(core);
  const shifted = [0, 1, 2].map((shift) =>
    // What precedes and follows changes the ends, not the middle.
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [core, bytes.toString('hex'), ...shifted];
}
