import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CLAIM_MARK } from '../../../core/artifacts/claim.ts';
import { artifactSchema, artifactTypes } from '../../../core/artifacts/registry.ts';
import type { Json } from '../../../core/json.ts';
import { builtinPipeline } from '../../agents/builtin-pipeline.ts';

type Schema = { [key: string]: Json };

/** Fields without a description, by pointer; a claim's inside is described once for all. */
function undescribed(schema: Schema, pointer: string): string[] {
  if (schema[CLAIM_MARK] === true) return schema.description === undefined ? [pointer] : [];
  const own = schema.description === undefined && schema.const === undefined ? [pointer] : [];
  const inside = Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, property]) =>
    undescribed(property, `${pointer}/${name}`),
  );
  const items = schema.items as Schema | undefined;
  const properties = items?.[CLAIM_MARK] === true ? {} : ((items?.properties ?? {}) as Record<string, Schema>);
  const members = Object.entries(properties).flatMap(([name, property]) =>
    undescribed(property, `${pointer}/*/${name}`),
  );
  return [...own, ...inside, ...members];
}

describe('the artifact registry', () => {
  it('has a type for everything the built-in pipeline makes, and no other', () => {
    const made = builtinPipeline().phases.flatMap(({ makes }) => makes);
    expect([...artifactTypes].sort()).toEqual([...made].sort());
  });

  it.each(artifactTypes)('turns %s into a JSON Schema of an object that allows no stray fields', (type) => {
    const schema = z.toJSONSchema(artifactSchema(type)) as Schema;
    expect(schema.type).toBe('object');
    expect(schema.additionalProperties).toBe(false);
  });

  it.each(artifactTypes)('describes every field of %s that a model is asked for', (type) => {
    const { properties } = z.toJSONSchema(artifactSchema(type)) as { properties: Record<string, Schema> };
    const missing = Object.entries(properties).flatMap(([name, property]) => undescribed(property, `/${name}`));
    // Parts of other formats (CycloneDX, OpenAPI) are described by their own specifications.
    expect(
      missing.filter(
        (pointer) =>
          !/^\/(document|info|components|paths)\//.test(pointer) && pointer !== '/info' && pointer !== '/components',
      ),
    ).toEqual([]);
  });

  it.each(artifactTypes)('refuses an unknown field in %s', (type) => {
    const parsed = artifactSchema(type).safeParse({ surprise: 1 });
    expect(parsed.error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });

  it('keeps one file for each type, besides what they share', () => {
    const shared = ['artifact-type', 'claim', 'fields', 'grounds', 'measured', 'private', 'registry', 'workspace'];
    const files = readdirSync('core/artifacts').map((name) => name.replace('.ts', ''));
    expect(files.filter((name) => !shared.includes(name))).toHaveLength(artifactTypes.length);
  });
});
