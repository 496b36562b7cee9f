// Cites as a model can give them. It cannot count characters, so it is asked for the words it relies on, and the place is
// looked up here: words that stand nowhere in the sources become no cite, whatever the model says about them.

import { CLAIM_MARK, GROUNDS_MARK } from '../../core/artifacts/claim.ts';
import { TERMS_MARK } from '../../core/artifacts/fields.ts';
import type { Json } from '../../core/json.ts';
import type { ModelSource } from './provider.ts';

type Schema = { [key: string]: Json };

/** Marks that are for the offline provider. */
const MARKS: ReadonlySet<string> = new Set([CLAIM_MARK, GROUNDS_MARK, TERMS_MARK]);

/** Quotes a claim may rest on. */
const MOST_QUOTES = 4;

/** The schema with cites as quotes and without our own marks. */
export function quotingSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(quotingSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema[CLAIM_MARK] === true) return quotedClaim(schema);
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !MARKS.has(key))
      .map(([key, value]) => [key, quotingSchema(value)]),
  );
}

function quotedClaim({ description }: Schema): Json {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: {
      text: {
        type: 'string',
        minLength: 1,
        description: 'the statement, or UNKNOWN when the data does not support any',
      },
      quotes: {
        type: 'array',
        maxItems: MOST_QUOTES,
        description: 'the words that support the statement, copied exactly from a source; none when it is UNKNOWN',
        items: {
          type: 'object',
          properties: { source: { type: 'string' }, words: { type: 'string', minLength: 1 } },
          required: ['source', 'words'],
          additionalProperties: false,
        },
      },
    },
    required: ['text', 'quotes'],
    additionalProperties: false,
  };
}

/** The answer with quotes as cites. What has not the form of a quoted claim is left for the schema to judge. */
export function citing(answer: Json, sources: readonly ModelSource[]): Json {
  if (Array.isArray(answer)) return answer.map((item) => citing(item, sources));
  if (typeof answer !== 'object' || answer === null) return answer;
  if (typeof answer.text === 'string' && Array.isArray(answer.quotes)) {
    const { quotes, ...rest } = answer;
    return { ...rest, cites: (quotes as Json[]).flatMap((quote) => cited(quote, sources)) };
  }
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, citing(value, sources)]));
}

function cited(quote: Json, sources: readonly ModelSource[]): Json[] {
  if (typeof quote !== 'object' || quote === null || Array.isArray(quote)) return [];
  const { source, words } = quote;
  if (typeof source !== 'string' || typeof words !== 'string' || words === '') return [];
  for (const one of sources) {
    if (one.source !== source) continue;
    const found = placeOf(words, at(one.content, one.under), one.under);
    if (found !== undefined) return [{ source, ...found }];
  }
  return [];
}

interface Place {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
}

function placeOf(words: string, content: Json | undefined, pointer: string): Place | undefined {
  if (typeof content === 'string') {
    const start = content.indexOf(words);
    return start < 0 ? undefined : { pointer, start, end: start + words.length };
  }
  if (typeof content !== 'object' || content === null) return undefined;
  for (const [key, value] of Object.entries(content)) {
    const found = placeOf(words, value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands at a JSON pointer; undefined when nothing does. */
export function at(content: Json, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as { [key: string]: Json })[key]
          : undefined,
      content,
    );
}
