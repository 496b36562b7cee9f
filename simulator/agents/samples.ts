// Sound content for every artifact type, made from its schema: small, and the same each time. Lists have a few members, so that
// there is something to share out; numbered ids count up.

import { z } from 'zod';
import { CLAIM_MARK } from '../../core/artifacts/claim.ts';
import { type ArtifactType, artifactSchema } from '../../core/artifacts/registry.ts';
import type { Json } from '../../core/json.ts';

type Schema = Readonly<Record<string, Json>>;

/** Every simulated idea begins with it, and every claim of a sample cites it there. */
export const SENTENCE = 'The thing is a tool for people who need one.';
const CLAIM: Json = { text: SENTENCE, cites: [{ source: 'Idea', pointer: '', start: 0, end: SENTENCE.length }] };

const LISTS = [3, 1, 0, 2, 4];
const samples = new Map<ArtifactType, Json>();

/** @throws Error naming the type whose schema no sample of ours fits. */
export function sampleOf(type: ArtifactType): Json {
  const known = samples.get(type);
  if (known !== undefined) return known;
  const schema = artifactSchema(type) as z.ZodType;
  for (const length of LISTS) {
    const sample = ofSchema(z.toJSONSchema(schema, { io: 'input' }) as Schema, length);
    if (!schema.safeParse(sample).success) continue;
    samples.set(type, sample);
    return sample;
  }
  const problem = schema.safeParse(ofSchema(z.toJSONSchema(schema, { io: 'input' }) as Schema, 1)).error;
  throw new Error(`no sample of ours fits ${type}: ${problem === undefined ? '' : z.prettifyError(problem)}`);
}

/** @param length of lists. @param at position in the list around it, from 0. */
export function ofSchema(schema: Schema, length: number, at = 0, root: Schema = schema): Json {
  if (typeof schema.$ref === 'string') return ofSchema(resolve(root, schema.$ref), length, at, root);
  if (schema[CLAIM_MARK] === true) return structuredClone(CLAIM);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json;
  const options = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (options !== undefined)
    return ofSchema(options.find(({ type }) => type !== 'null') ?? (options[0] as Schema), length, at, root);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    return Object.fromEntries(properties.map(([name, property]) => [name, ofSchema(property, length, at, root)]));
  }
  if (type === 'array') {
    const count = Math.min(Math.max(length, Number(schema.minItems ?? 0)), Number(schema.maxItems ?? length));
    return Array.from({ length: count }, (_, index) => ofSchema((schema.items ?? {}) as Schema, length, index, root));
  }
  if (type === 'string') return textFor(schema, at);
  if (type === 'integer' || type === 'number')
    return Math.max(Number(schema.minimum ?? 1), Number(schema.exclusiveMinimum ?? 0) + 1, 0);
  if (type === 'boolean') return true;
  return null;
}

function resolve(root: Schema, ref: string): Schema {
  return ref
    .split('/')
    .slice(1)
    .reduce((node, key) => node[key] as Schema, root);
}

const TEXTS = [
  '1.0.0',
  'https://example.org/a',
  '0'.repeat(64),
  '0'.repeat(40),
  '2026-01-01T00:00:00.000Z',
  '#112233',
  'a-name',
];

function textFor(schema: Schema, at: number): string {
  const { pattern } = schema;
  if (typeof pattern !== 'string') return `something said ${at + 1}`;
  const matches = new RegExp(pattern);
  const prefix = /^\^([A-Za-z-]+)/.exec(pattern)?.[1] ?? '';
  return [`${prefix}${at + 1}`, ...TEXTS].find((text) => matches.test(text)) ?? prefix;
}
