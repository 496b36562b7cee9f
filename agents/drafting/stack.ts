// Which technology each layer gets: the one the idea names, else the default of the built-in generator.

import { unknownClaim } from '../../core/artifacts/claim.ts';
import { layers } from '../../core/artifacts/tech-stack-proposal.ts';
import type { Passage } from '../text/passages.ts';
import { countPhrases } from '../text/terms.ts';

type Layer = (typeof layers)[number];

/** Names by which an idea may ask for a technology. */
const NAMED: Record<Layer, readonly string[]> = {
  client: ['web app', 'web application', 'website', 'web page', 'android app', 'ios app', 'native app', 'mobile app'],
  server: ['Node.js', 'TypeScript', 'Python', 'Java', 'Rust', 'PHP', 'Ruby', 'serverless'],
  database: ['PostgreSQL', 'SQLite', 'MySQL', 'MongoDB', 'DynamoDB'],
  hosting: ['AWS', 'Azure', 'Google Cloud', 'Raspberry Pi', 'own server', 'shared hosting', 'on premises'],
  integration: ['e-mail', 'email', 'SMS', 'calendar', 'CSV', 'webhook', 'API', 'barcode', 'QR code', 'GPS'],
};
const DEFAULTS: Partial<Record<Layer, string>> = {
  client: 'web page served by the service',
  server: 'TypeScript on Node.js',
  database: 'SQLite',
};
const RULED_OUT = ['not now', 'out of scope', 'later', 'will not', 'no native', 'not part'];

/** One choice for each layer, in the order of the layers. */
export function chooseStack(passages: readonly Passage[]) {
  const allowed = passages.filter(({ text, label }) => countPhrases(`${text} ${label}`, RULED_OUT) === 0);
  return layers.map((layer) => statedChoice(layer, allowed) ?? defaultChoice(layer));
}

function statedChoice(layer: Layer, passages: readonly Passage[]) {
  for (const { text, cite } of passages) {
    const named = NAMED[layer].find((name) => countPhrases(text, [name]) > 0);
    if (named !== undefined)
      return { layer, choice: named, origin: 'stated', reason: { text, cites: [cite] } } as const;
  }
  return null;
}

function defaultChoice(layer: Layer) {
  const choice = DEFAULTS[layer];
  const origin = choice === undefined ? 'unknown' : 'default';
  return { layer, choice: choice ?? 'UNKNOWN', origin, reason: unknownClaim() } as const;
}
