// Writes the OpenAPI 3.1 document of a data model's operations.

import type { DataModel, Entity, EntityField } from '../../core/artifacts/data-model.ts';
import type { OpenAPI, Operation, PathItem } from '../../core/artifacts/openapi.ts';
import type { Json } from '../../core/json.ts';
import { withArticle } from '../text/article.ts';
import { spoken } from '../text/terms.ts';
import type { BareStory } from './entities.ts';
import { type PlannedOperation, planOperations } from './operations.ts';

type JsonSchema = Record<string, Json>;
type Content = Record<string, { schema: JsonSchema }>;
/** Id of a story to what it wants. */
type Wants = ReadonlyMap<string, string>;

const MAX_LENGTH = { string: 200, text: 5000 };
const PAGE = { most: 200, usual: 50 };
const ID_SCHEMA: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const PROBLEM = { description: 'The request was refused; the body says why.', content: problemContent() };

/** What a story says when a list is to leave the service as a file, or is to be of a last while only. */
const EXPORTS = /\b(?:export|csv|spreadsheet)\b/i;
const RECENT = /\blast \d+ (?:minutes?|hours?|days?|weeks?|months?|years?)\b/i;

export function writeOpenApi(
  title: string,
  description: string,
  model: DataModel,
  stories: { readonly stories: readonly BareStory[] },
): OpenAPI {
  const operations = planOperations(model, stories);
  const wants: Wants = new Map(stories.stories.map(({ id, want }) => [id, want.text]));
  const paths: Record<string, PathItem> = {};
  for (const planned of operations) {
    paths[planned.path] = { ...paths[planned.path], [planned.method]: operation(planned, wants) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0', description },
    servers: [{ url: '/api' }],
    tags: model.entities.map(({ name }) => ({ name, description: `Operations on ${spoken(name)} records.` })),
    paths,
    components: {
      schemas: Object.fromEntries([
        ...model.entities.flatMap((entity) => [
          [entity.name, recordSchema(entity)],
          [`${entity.name}Input`, inputSchema(entity)],
        ]),
        ['Problem', problemSchema()],
      ]) as Record<string, JsonSchema>,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ bearer: [] }],
  };
}

function operation({ operationId, kind, entity, stories }: PlannedOperation, wants: Wants): Operation {
  const isOfOne = kind === 'read' || kind === 'update' || kind === 'remove';
  const common = {
    operationId,
    summary: summaryOf(kind, entity),
    tags: [entity.name],
    parameters: isOfOne ? [parameter('id', 'path', ID_SCHEMA)] : [],
    'x-stories': [...stories],
  };
  const refused: Operation['responses'] = { '400': PROBLEM, '401': PROBLEM };
  const missing: Operation['responses'] = isOfOne ? { '404': PROBLEM } : {};
  if (kind === 'list') {
    const page = { type: 'integer', minimum: 1, maximum: PAGE.most, default: PAGE.usual };
    const list = { type: 'array', items: ref(entity.name), maxItems: PAGE.most };
    const table: Content = asksFor(stories, wants, EXPORTS) ? { 'text/csv': { schema: { type: 'string' } } } : {};
    return {
      ...common,
      parameters: [
        parameter('limit', 'query', page),
        parameter('after', 'query', ID_SCHEMA),
        ...(asksFor(stories, wants, RECENT)
          ? [parameter('since', 'query', { type: 'string', format: 'date-time' })]
          : []),
        ...entity.fields.filter(canFilter).map((field) => parameter(field.name, 'query', fieldSchema(field))),
      ],
      responses: {
        '200': { description: 'The records, by id.', content: { ...json(list), ...table } },
        ...refused,
      },
    };
  }
  const clash: Operation['responses'] = kind === 'read' ? {} : { '409': PROBLEM };
  const responses = { ...answerOf(kind, entity), ...refused, ...missing, ...clash };
  if (kind === 'read' || kind === 'remove') return { ...common, responses };
  return { ...common, requestBody: { required: true, content: json(ref(`${entity.name}Input`)) }, responses };
}

function asksFor(stories: readonly string[], wants: Wants, pattern: RegExp): boolean {
  return stories.some((story) => pattern.test(wants.get(story) ?? ''));
}

/** Fields by which a list can be narrowed; the names of the other parameters are taken. */
function canFilter({ name, type }: EntityField): boolean {
  return type !== 'id' && name !== 'createdAt' && !['limit', 'after', 'since'].includes(name);
}

function answerOf(kind: PlannedOperation['kind'], entity: Entity): Operation['responses'] {
  if (kind === 'remove') return { '204': { description: 'It is gone.' } };
  if (kind === 'create') return { '201': { description: 'It was made.', content: json(ref(entity.name)) } };
  return { '200': { description: 'The record as it is now.', content: json(ref(entity.name)) } };
}

function summaryOf(kind: PlannedOperation['kind'], entity: Entity): string {
  const one = spoken(entity.name);
  const sentences = {
    list: `List ${entity.plural.replace(/-/g, ' ')}`,
    create: `Make ${withArticle(one)}`,
    read: `Read one ${one}`,
    update: `Change ${withArticle(one)}`,
    remove: `Remove ${withArticle(one)}`,
  };
  return sentences[kind];
}

function parameter(name: string, place: 'path' | 'query', schema: JsonSchema): Operation['parameters'][number] {
  return { name, in: place, required: place === 'path', schema };
}

function recordSchema({ fields }: Entity): JsonSchema {
  return objectSchema(fields);
}

/** What a caller may send: all but what the service sets itself. */
function inputSchema({ fields }: Entity): JsonSchema {
  return objectSchema(fields.filter(({ name }) => name !== 'id' && name !== 'createdAt'));
}

function objectSchema(fields: readonly EntityField[]): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
  };
}

function fieldSchema({ type, references }: EntityField): JsonSchema {
  switch (type) {
    case 'id':
      return { ...ID_SCHEMA };
    case 'reference':
      return { ...ID_SCHEMA, description: `id of ${withArticle(spoken(references))}` };
    case 'string':
    case 'text':
      return { type: 'string', maxLength: MAX_LENGTH[type] };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    default:
      return { type };
  }
}

function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: JsonSchema) {
  return { 'application/json': { schema } };
}

function problemContent() {
  return { 'application/problem+json': { schema: ref('Problem') } };
}

/** RFC 9457. */
function problemSchema(): JsonSchema {
  return {
    type: 'object',
    required: ['title', 'status'],
    properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
  };
}
