// The checked-in JSON Schema is what the shape gives now, and says of files what the loader says, as far as it can.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { known } from '../../../agents/known.ts';
import { pipelineJsonSchema } from '../../../core/pipeline/json-schema.ts';
import { broken, known as few, sound } from './fixture.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = ['pipelines', 'examples/pipelines'].flatMap((folder) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`),
);

describe('schemas/pipeline.schema.json', () => {
  it('is current; if not: npm run schema', () => {
    expect(JSON.parse(read('schemas/pipeline.schema.json'))).toEqual(pipelineJsonSchema(known));
  });

  it.each(files)('is named by %s, and accepts it', (file) => {
    const text = read(file);
    const up = '../'.repeat(file.split('/').length - 1);
    expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${up}schemas/pipeline.schema.json`);
    expect(problemsIn(JSON.parse(read('schemas/pipeline.schema.json')), text)).toEqual([]);
  });
});

describe('the JSON Schema of pipelines', () => {
  const schema = pipelineJsonSchema(few);

  it('accepts what the loader accepts', () => {
    expect(problemsIn(schema, sound)).toEqual([]);
  });

  it.each([
    ['an unknown key', 'mode: 2 at a time', 'moode: 2 at a time'],
    ['an unknown mode', '2 at a time', '2 at once'],
    ['an unknown agent', '- prd-writer', '- prd-reader'],
    ['an unknown provider', 'provider: offline', 'provider: ofline'],
    ['an unknown artifact', 'needs: [IdeaSpec]', 'needs: [IdeaSpek]'],
    ['an unknown criterion', '{grounding: 1}', '{groundin: 1}'],
    ['an unknown guard', 'criterion: clarity, at', 'criterion: clarty, at'],
    ['a share over 1', '{grounding: 1}', '{grounding: 2}'],
    ['a duration without a unit', 'wall: 15 min, usd: 0.25', 'wall: 15, usd: 0.25'],
    ['a missing key', 'version: 1.0.0\n', ''],
  ])('refuses %s', (_, part, replacement) => {
    expect(problemsIn(schema, broken(part, replacement))).not.toEqual([]);
  });
});

/** As an editor would see it: plain YAML against plain JSON Schema. */
function problemsIn(schema: unknown, text: string): readonly string[] {
  const result = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(parse(text));
  return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
}
