// Data models and API documents as odd as their schemas allow: names that clash, references to nothing and in circles,
// fields named like what every object has, operations of every shape.

import fc from 'fast-check';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import type { DataModel, Entity, EntityField } from '../../../core/artifacts/data-model.ts';
import { httpMethods, type OpenAPI, type Operation } from '../../../core/artifacts/openapi.ts';

const ENTITIES = ['Tool', 'Loan', 'TOOL', 'Object', 'Row', 'Rule', 'A', 'Order', 'Group', 'Record0', 'Null'];
const PLURALS = ['tools', 'loans', 'health', 'order', 'group', 'a', 'rows-of-things', 'select', 'service', 'server'];
const FIELDS = [
  ...['id', 'name', 'createdAt', 'createdat', 'constructor', 'toString', 'hasOwnProperty', 'limit', 'after', 'since'],
  ...['order', 'select', 'default', 'class', 'then', 'status', 'token', 'valueOf', 'toolId', 'x', 'made', 'sample'],
];
const TYPES = ['id', 'string', 'text', 'integer', 'number', 'boolean', 'date', 'datetime', 'reference'] as const;

const field: fc.Arbitrary<EntityField> = fc.record({
  name: fc.constantFrom(...FIELDS),
  type: fc.constantFrom(...TYPES),
  required: fc.boolean(),
  references: fc.constantFrom(...ENTITIES, 'Nothing', ''),
});

const entity: fc.Arbitrary<Entity> = fc.record({
  name: fc.constantFrom(...ENTITIES),
  plural: fc.constantFrom(...PLURALS),
  description: fc.constant({ text: 'UNKNOWN', cites: [] }),
  fields: fc.array(field, { minLength: 1, maxLength: 8 }),
  stories: fc.constant(['S1']),
});

const model: fc.Arbitrary<DataModel> = fc.record({
  entities: fc.array(entity, { minLength: 1, maxLength: 5 }),
  relations: fc.constant([]),
});

const TITLES = ['It\'s a \\ `${service}` | <b>&"quoted"</b>', 'Ünïcode 借 — shed: lending', 'x', '*/ -- \n # title'];

const STORIES = [
  { id: 'S1', want: { text: 'A user must export all tools of the last 7 days as a CSV file.', cites: [] } },
  { id: 'S2', want: { text: 'A user can change an order, and delete a loan.', cites: [] } },
];

/** An operation of any shape, tagged with an entity or with nothing known. */
const strayPath = fc.constantFrom(
  '/tools/{a}/loans/{b}',
  '/loans/{id}/return',
  '/search',
  '/v1/tools',
  '/v1/tools/{toolId}',
  '/{id}',
);
const stray = fc.record({
  path: strayPath,
  method: fc.constantFrom(...httpMethods),
  tag: fc.constantFrom(...ENTITIES, 'Nothing'),
});

export const oddProject: fc.Arbitrary<{ readonly model: DataModel; readonly api: OpenAPI }> = fc
  .record({ model, title: fc.constantFrom(...TITLES), strays: fc.array(stray, { maxLength: 4 }), without: fc.nat(6) })
  .map(({ model, title, strays, without }) => {
    const api = writeOpenApi(title, title, model, { stories: STORIES });
    const paths = Object.fromEntries(Object.entries(api.paths).filter((_, at) => without === 0 || at % without !== 0));
    for (const [at, { path, method, tag }] of strays.entries()) {
      paths[path] = { ...paths[path], [method]: operation(`stray${at}`, tag) };
    }
    return { model, api: { ...api, paths } };
  });

function operation(operationId: string, tag: string): Operation {
  const responses = { '200': { description: 'It | is `done`.' } };
  return { operationId, summary: 'Do | it', tags: [tag], parameters: [], responses, 'x-stories': [] };
}
