import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { artifactSchema, artifactTypes } from '../../../core/artifacts/registry.ts';
import { requiredFields } from '../../../core/gates/required-fields.ts';
import type { Json } from '../../../core/json.ts';

type Schema = { [key: string]: Json };

/** The schema at a dotted path with `[]`; undefined when the schema has no such field. */
function schemaAt(schema: Schema, path: string): Schema | undefined {
  return path.split('.').reduce<Schema | undefined>((node, step) => {
    const member = (node?.properties as Schema | undefined)?.[step.replace(/\[\]$/, '')] as Schema | undefined;
    if (!step.endsWith('[]')) return member;
    return member?.items as Schema | undefined;
  }, schema);
}

it.each(artifactTypes)('%s has required fields, all of which its schema has', (type) => {
  const schema = z.toJSONSchema(artifactSchema(type)) as Schema;
  const paths = requiredFields[type] ?? [];
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => schemaAt(schema, path) === undefined)).toEqual([]);
});

it('knows no type that is none', () => {
  expect(Object.keys(requiredFields).sort()).toEqual([...artifactTypes].sort());
});
