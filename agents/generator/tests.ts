// The tests of the generated project's own code: for every operation what it does and what it refuses, and the server as
// callers meet it. Tests of the stories are written with the stories.

import type { EntityField } from '../../core/artifacts/data-model.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { type Blueprint, givenFields, type SoundEntity } from './blueprint.ts';
import { file, quoted } from './files.ts';
import type { ListedOperation } from './openapi-operations.ts';
import { CSV_TEST, SERVER_TEST, STORE_TEST, TEST_SERVICE, VALIDATE_TEST } from './test-source.ts';

export function testFiles(plan: Blueprint): SourceFile[] {
  const ids = plan.operations.map(({ operationId }) => operationId);
  const first = plan.operations.find(({ kind }) => kind === 'list');
  return [
    file('test/service.ts', TEST_SERVICE, ids),
    file('test/csv.test.ts', CSV_TEST, []),
    file('test/validate.test.ts', VALIDATE_TEST, []),
    file('test/store.test.ts', STORE_TEST, []),
    file('test/server.test.ts', [...SERVER_TEST, ...(first === undefined ? [] : reading(first))], ids),
    ...plan.entities.flatMap((entity) => {
      const own = plan.operations.filter((one) => one.entity === entity.name && one.kind !== 'unsupported');
      if (own.length === 0) return [];
      const tests = own.flatMap((one) => testOf(one, entity));
      return [
        file(
          `test/api/${entity.table}.test.ts`,
          [...headOf(tests), ...tests],
          own.map(({ operationId }) => operationId),
        ),
      ];
    }),
    ...unsupported(plan),
  ];
}

/** Imports what the tests use. */
function headOf(tests: readonly string[]): string[] {
  const names = ['sampleOf', 'service'].filter((name) => tests.some((line) => line.includes(`${name}(`)));
  return [
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    `import { ${names.join(', ')} } from '../service.ts';`,
  ];
}

function reading({ path }: ListedOperation): string[] {
  return [
    '',
    "test('lets in only who has the token', async () => {",
    '  await started(async (at) => {',
    `    assert.equal((await fetch(\`\${at}/api${path}\`)).status, 401);`,
    `    assert.equal((await fetch(\`\${at}/api${path}\`, { headers: AUTHORIZED })).status, 200);`,
    '    assert.equal((await fetch(`${at}/api/no/such/thing/at/all`, { headers: AUTHORIZED })).status, 404);',
    '  });',
    '});',
  ];
}

function testOf(operation: ListedOperation, entity: SoundEntity): string[] {
  const name = quoted([operation.operationId, ...operation.stories].join(' '));
  return ['', `test(${name}, () => {`, '  const { call, seed } = service();', ...body(operation, entity), '});'];
}

function body(operation: ListedOperation, entity: SoundEntity): string[] {
  const { method, path, kind } = operation;
  const verb = quoted(method.toUpperCase());
  const collection = path.replace(/\/\{[^{}/]+\}$/, '');
  const one = `\`${collection}/\${made.id}\``;
  const seeded = `  const made = seed(${quoted(entity.name)});`;
  switch (kind) {
    case 'create':
      return creating(verb, collection, entity);
    case 'list':
      return [seeded, ...listing(operation, entity)];
    case 'read':
      return [
        seeded,
        `  assert.deepEqual(call(${verb}, ${one}).body, made);`,
        `  assert.equal(call(${verb}, '${collection}/none').status, 404);`,
      ];
    case 'update':
      return [seeded, ...updating(verb, collection, one, method === 'put', entity)];
    case 'remove':
      return [
        seeded,
        `  assert.equal(call(${verb}, ${one}).status, 204);`,
        `  assert.equal(call(${verb}, ${one}).status, 404);`,
      ];
    default:
      return [];
  }
}

function creating(verb: string, collection: string, entity: SoundEntity): string[] {
  const must = givenFields(entity).find(({ required }) => required);
  return [
    `  const sample = sampleOf(${quoted(entity.name)}, seed);`,
    `  const made = call(${verb}, '${collection}', sample);`,
    '  assert.equal(made.status, 201);',
    '  assert.deepEqual(made.body, { ...made.body, ...sample });',
    `  assert.equal(call(${verb}, '${collection}', { ...sample, surprise: 1 }).status, 400);`,
    `  assert.equal(call(${verb}, '${collection}', 'no record').status, 400);`,
    ...(must === undefined
      ? []
      : [
          `  const { ${must.name}: _, ...lacking } = sample;`,
          `  assert.equal(call(${verb}, '${collection}', lacking).status, 400);`,
        ]),
    ...wrongValues(verb, collection, entity),
  ];
}

function wrongValues(verb: string, collection: string, entity: SoundEntity): string[] {
  const wrong = givenFields(entity).map((field) =>
    JSON.stringify([field.name, wrongValue(field), field.type === 'reference' ? 409 : 400]),
  );
  if (wrong.length === 0) return [];
  return [
    '  const wrong = [',
    ...wrong.map((one) => `    ${one},`),
    '  ] as const;',
    '  for (const [name, value, status] of wrong) {',
    `    assert.equal(call(${verb}, '${collection}', { ...sample, [name]: value }).status, status, name);`,
    '  }',
  ];
}

function listing({ path, filters, since, csv }: ListedOperation, { fields }: SoundEntity): string[] {
  const narrowed = fields.filter(({ name, type }) => filters.includes(name) && type !== 'id');
  return [
    `  assert.deepEqual(call('GET', '${path}').body, [made]);`,
    `  assert.equal(call('GET', '${path}?limit=0').status, 400);`,
    `  assert.deepEqual(call('GET', \`${path}?after=\${made.id}\`).body, []);`,
    ...narrowed.map(
      ({ name }) =>
        `  assert.deepEqual(call('GET', \`${path}?${name}=\${encodeURIComponent(String(made.${name} ?? ''))}\`).status, made.${name} === undefined ? 400 : 200);`,
    ),
    ...narrowed
      .filter(({ type }) => type === 'string' || type === 'text')
      .map(({ name }) => `  assert.deepEqual(call('GET', '${path}?${name}=nothing-like-it').body, []);`),
    ...(since
      ? [
          `  assert.deepEqual(call('GET', '${path}?since=2030-01-01T00:00:00Z').body, [made]);`,
          `  assert.deepEqual(call('GET', '${path}?since=2031-01-01T00:00:00Z').body, []);`,
          `  assert.equal(call('GET', '${path}?since=some-day').status, 400);`,
        ]
      : []),
    ...(csv
      ? [
          `  const csv = call('GET', '${path}', undefined, 'text/csv').csv ?? '';`,
          "  assert.equal(csv.split('\\r\\n').length, 3);",
          '  assert.ok(csv.includes(String(made.id)));',
        ]
      : []),
  ];
}

function updating(verb: string, collection: string, one: string, isWhole: boolean, entity: SoundEntity): string[] {
  const sample = `{ ...sampleOf(${quoted(entity.name)}, seed) }`;
  // An object with a property named then would be taken for a promise.
  const field = givenFields(entity).find(({ name, type }) => (type === 'string' || type === 'text') && name !== 'then');
  const change =
    field === undefined
      ? sample
      : `{ ${isWhole ? `...sampleOf(${quoted(entity.name)}, seed), ` : ''}${field.name}: 'changed' }`;
  return [
    `  const change = ${change};`,
    `  const changed = call(${verb}, ${one}, change);`,
    '  assert.equal(changed.status, 200);',
    '  assert.deepEqual(changed.body, { ...changed.body, ...change });',
    `  assert.equal(call(${verb}, ${one}, { surprise: 1 }).status, 400);`,
    `  assert.equal(call(${verb}, '${collection}/none', change).status, 404);`,
  ];
}

/** A value that the field's type does not allow; of a reference, an id that no record has. */
function wrongValue({ type }: EntityField): string | number | boolean {
  if (type === 'reference') return 'none';
  if (type === 'date') return '2030-02-30';
  if (type === 'datetime') return 'some day';
  if (type === 'boolean') return 'yes';
  return type === 'integer' ? 1.5 : type === 'number' ? 'many' : 7;
}

/** What is not built says so. */
function unsupported({ operations }: Blueprint): SourceFile[] {
  const own = operations.filter(({ kind }) => kind === 'unsupported');
  if (own.length === 0) return [];
  const tests = own.flatMap(({ operationId, method, path }) => [
    '',
    `test(${quoted(`${operationId} is not implemented, and says so`)}, () => {`,
    '  const { call } = service();',
    `  assert.equal(call(${quoted(method.toUpperCase())}, ${quoted(path.replace(/\{[^{}]*\}/g, 'x'))}).status, 501);`,
    '});',
  ]);
  return [
    file(
      'test/api/not.implemented.test.ts',
      [...headOf(tests), ...tests],
      own.map(({ operationId }) => operationId),
    ),
  ];
}
