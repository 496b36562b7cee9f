// DataModel (architecture): entities, fields and relations, derived from the stories.

import { z } from 'zod';
import { claim } from './claim.ts';
import { ids, text } from './fields.ts';

const fieldTypes = ['id', 'string', 'text', 'integer', 'number', 'boolean', 'date', 'datetime', 'reference'] as const;

const fieldSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*$/)
    .describe('field name in camelCase'),
  type: z.enum(fieldTypes).describe('type of its values'),
  required: z.boolean().describe('whether every record has it'),
  references: z.string().describe('name of the entity a reference points to; empty otherwise'),
});

const entitySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/)
    .describe('singular name in PascalCase'),
  plural: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe('plural for paths and tables, in kebab-case'),
  description: claim('the sentence that says most about it'),
  fields: z.array(fieldSchema).min(1).describe('its fields, the id first'),
  stories: ids('S', 'stories that mention it'),
});

const relationSchema = z.strictObject({
  from: text('entity that holds the reference'),
  to: text('entity it points to'),
  kind: z.enum(['many-to-one', 'one-to-one']).describe('how many of the first belong to one of the second'),
  field: text('field that holds it'),
});

export const dataModelSchema = z.strictObject({
  entities: z.array(entitySchema).describe('the entities, most mentioned first'),
  relations: z.array(relationSchema).describe('the references between them'),
});

export type DataModel = z.infer<typeof dataModelSchema>;
export type Entity = z.infer<typeof entitySchema>;
export type EntityField = z.infer<typeof fieldSchema>;
export type Relation = z.infer<typeof relationSchema>;
