// The tests of the generated project: for every operation that serves a story, what it does and what it refuses.
// Each acceptance line of a story is traced to the test of the operation that serves it.

import type { DataModel, Entity, EntityField } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import type { TestCase } from '../../core/artifacts/test-suite.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { citing } from '../drafting/citing.ts';
import { withArticle } from '../text/article.ts';
import { file, quoted } from './files.ts';
import { type ListedOperation, operationsIn } from './openapi-operations.ts';

export function testCases({ stories }: UserStories, api: OpenAPI): TestCase[] {
  const operations = operationsIn(api);
  return stories.flatMap((story, at) => {
    const serving = operations.find((operation) => operation.stories.includes(story.id));
    return story.acceptance.map((line, number) => ({
      id: `${story.id}.A${number + 1}`,
      story: story.id,
      statement: citing('UserStories', `/stories/${at}/acceptance/${number}`, line),
      operation: serving?.operationId ?? '',
      file: serving === undefined ? '' : testPath(serving.entity),
    }));
  });
}

export function testFiles({ entities }: DataModel, api: OpenAPI): SourceFile[] {
  const operations = operationsIn(api);
  return entities.map((entity) => {
    const own = operations.filter((operation) => operation.entity === entity.name);
    const tests = own.flatMap((operation) => testOf(operation, entity));
    return file(
      testPath(entity.name),
      [...HEAD, ...tests],
      own.map(({ operationId }) => operationId),
    );
  });
}

function testPath(entity: string): string {
  return `test/${entity}.test.ts`;
}

function testOf({ operationId, kind, stories }: ListedOperation, entity: Entity): string[] {
  const name = quoted([operationId, ...stories].join(' '));
  const base = `/${entity.plural}`;
  const sample = JSON.stringify(
    Object.fromEntries(entity.fields.filter(isSent).map((field) => [field.name, sampleOf(field)])),
  );
  const make = [`  const made = call('POST', '${base}', ${sample});`, '  assert.equal(made.status, 201);'];
  const one = `\`${base}/\${(made.body as { id: string }).id}\``;
  const bodies: Record<ListedOperation['kind'], string[]> = {
    create: [
      ...make,
      `  assert.equal(call('POST', '${base}', {}).status, 400);`,
      `  assert.equal(call('POST', '${base}', { surprise: 1 }).status, 400);`,
    ],
    list: [...make, `  assert.deepEqual(call('GET', '${base}').body, [made.body]);`],
    read: [
      ...make,
      `  assert.deepEqual(call('GET', ${one}).body, made.body);`,
      `  assert.equal(call('GET', '${base}/none').status, 404);`,
    ],
    update: [
      ...make,
      `  const changed = call('PATCH', ${one}, { name: 'changed' });`,
      "  assert.equal((changed.body as { name: string }).name, 'changed');",
    ],
    remove: [
      ...make,
      `  assert.equal(call('DELETE', ${one}).status, 204);`,
      `  assert.equal(call('GET', ${one}).status, 404);`,
    ],
  };
  return ['', `test(${name}, () => {`, '  const call = service();', ...bodies[kind], '});'];
}

/** References stay empty: a test of one entity needs no other. */
function isSent({ name, type }: EntityField): boolean {
  return name !== 'id' && name !== 'createdAt' && type !== 'reference';
}

function sampleOf({ name, type }: EntityField): string | number | boolean {
  if (type === 'integer') return 3;
  if (type === 'number') return 2.5;
  if (type === 'boolean') return true;
  if (type === 'date') return '2030-01-31';
  return type === 'datetime' ? '2030-01-31T10:00:00Z' : withArticle(name);
}

const HEAD = `import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { answer } from '../src/service.ts';
import { openStore } from '../src/store.ts';

const TOKEN = 'token of the tests';

function service() {
  let made = 0;
  const around = {
    store: openStore(':memory:'),
    tokenHash: createHash('sha256').update(TOKEN).digest('hex'),
    now: () => new Date(0),
    newId: () => {
      made += 1;
      return \`id\${made}\`;
    },
  };
  return (method: string, path: string, body?: unknown) =>
    answer({ method, path, query: new URLSearchParams(), token: TOKEN, body }, around);
}`.split('\n');
