// OpenAPI (architecture): an OpenAPI 3.1 document. The schema holds what IdeaMine writes and reads of one;
// JSON Schemas inside it stay open.

import { z } from 'zod';
import { text, texts } from './fields.ts';

const jsonSchema = z.record(z.string(), z.json()).describe('a JSON Schema (2020-12)');

const content = z.record(z.string(), z.strictObject({ schema: jsonSchema })).describe('media type to its schema');

const parameter = z.strictObject({
  name: text('parameter name'),
  in: z.enum(['path', 'query']).describe('where it stands'),
  required: z.boolean().describe('whether a request must have it'),
  schema: jsonSchema,
});

const operationSchema = z.strictObject({
  operationId: text('unique name of the operation'),
  summary: text('what it does'),
  tags: texts('entity it belongs to'),
  parameters: z.array(parameter).describe('path and query parameters'),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional().describe('what is sent'),
  responses: z
    .record(z.string(), z.strictObject({ description: text('when it is given'), content: content.optional() }))
    .describe('status code to response'),
  'x-stories': texts('ids of the stories it serves'),
});

export const httpMethods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const pathItemSchema = z
  .strictObject({
    get: operationSchema.optional(),
    post: operationSchema.optional(),
    put: operationSchema.optional(),
    patch: operationSchema.optional(),
    delete: operationSchema.optional(),
  })
  .describe('the operations of one path');

export const openApiSchema = z.strictObject({
  openapi: z.literal('3.1.0').describe('version of the format'),
  info: z.strictObject({
    title: text('name of the API'),
    version: text('semantic version'),
    description: text('what it is'),
  }),
  servers: z.array(z.strictObject({ url: text('base path') })).describe('where it is served'),
  tags: z
    .array(z.strictObject({ name: text('entity'), description: text('what its operations do') }))
    .describe('groups of operations'),
  paths: z.record(z.string().startsWith('/'), pathItemSchema).describe('path to its operations'),
  components: z.strictObject({
    schemas: z.record(z.string(), jsonSchema).describe('named schemas'),
    securitySchemes: z.record(z.string(), z.record(z.string(), z.json())).describe('ways to authenticate'),
  }),
  security: z.array(z.record(z.string(), z.array(z.string()))).describe('what every operation requires'),
});

export type OpenAPI = z.infer<typeof openApiSchema>;
export type Operation = z.infer<typeof operationSchema>;
export type PathItem = z.infer<typeof pathItemSchema>;
