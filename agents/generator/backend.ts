// The backend part: what the entities are, which operations there are, and the handler that answers them.

import type { SourceFile } from '../../core/artifacts/source-code.ts';
import type { Blueprint, SoundEntity } from './blueprint.ts';
import { file, quoted } from './files.ts';
import type { ListedOperation } from './openapi-operations.ts';
import { CSV, ENTITIES_HEAD, ROUTES_HEAD, RULE, SERVICE, VALIDATE } from './service-source.ts';

export function backendFiles({ entities, operations }: Blueprint): SourceFile[] {
  const ids = operations.map(({ operationId }) => operationId);
  return [
    file(
      'src/entities.ts',
      entitiesFile(entities),
      entities.map(({ name }) => name),
    ),
    file('src/routes.ts', [...ROUTES_HEAD, ...byParameters(operations).map(route), '];'], ids),
    file('src/validate.ts', VALIDATE, ids),
    file('src/csv.ts', CSV, []),
    file('src/rule.ts', RULE, []),
    file('src/service.ts', SERVICE, ids),
  ];
}

/** A path without parameters is matched before one with, as OpenAPI says. */
function byParameters(operations: readonly ListedOperation[]): ListedOperation[] {
  const parameters = ({ path }: ListedOperation) => path.split('{').length;
  return [...operations].sort((a, b) => parameters(a) - parameters(b));
}

function route({ operationId, method, path, entity, kind, filters, since, csv }: ListedOperation): string {
  const parts = [
    `operationId: ${quoted(operationId)}`,
    `method: ${quoted(method.toUpperCase())}`,
    `path: ${quoted(path)}`,
    `entity: ${quoted(entity)}`,
    `kind: ${quoted(kind)}`,
    `filters: [${filters.map(quoted).join(', ')}]`,
    `since: ${since}`,
    `csv: ${csv}`,
  ];
  return `  { ${parts.join(', ')} },`;
}

function entitiesFile(entities: readonly SoundEntity[]): string[] {
  const described = entities.flatMap(({ name, table, fields }) => [
    `  ${name}: {`,
    `    table: ${quoted(table)},`,
    '    fields: [',
    ...fields.map(
      (field) =>
        `      { name: ${quoted(field.name)}, type: ${quoted(field.type)}, required: ${field.required}, references: ${quoted(field.references)} },`,
    ),
    '    ],',
    '  },',
  ]);
  return [...ENTITIES_HEAD, ...described, '};'];
}
