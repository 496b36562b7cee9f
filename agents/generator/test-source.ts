// The text of the generated project's test helper and of its server's test, the same for every project.

export const TEST_SERVICE =
  `// A service in memory for the tests, with a clock that stands still unless a test moves it.

import { createHash } from 'node:crypto';
import { type EntityDescription, entities, type FieldDescription } from '../src/entities.ts';
import type { Rule } from '../src/rule.ts';
import { answer } from '../src/service.ts';
import { openStore, type Row } from '../src/store.ts';

export const TOKEN = 'token of the tests';
export const START = '2030-01-01T10:00:00.000Z';

type Record_ = Record<string, unknown>;
export type Seed = (entity: string, more?: Record_) => Record_;

function described(entity: string): EntityDescription {
  const found = entities[entity];
  if (found === undefined) throw new Error(\`there is no entity \${entity}\`);
  return found;
}

export function service(rules: readonly Rule[] = []) {
  let made = 0;
  let time = Date.parse(START);
  const around = {
    store: openStore(':memory:'),
    rules,
    tokenHash: createHash('sha256').update(TOKEN).digest('hex'),
    now: () => new Date(time),
    newId: () => {
      made += 1;
      return \`id\${made}\`;
    },
  };
  const call = (method: string, url: string, body?: unknown, accept = 'application/json', token = TOKEN) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const given = answer({ method, path: pathname, query: searchParams, token, accept, body }, around);
    return { ...given, body: given.body as Record_ };
  };
  /** Puts a record into the store and gives it as callers see it. */
  const seed: Seed = (entity, more = {}) => {
    const sent = { ...sampleOf(entity, seed), ...more };
    const row: Row = { id: around.newId(), createdAt: around.now().toISOString() };
    for (const [name, value] of Object.entries(sent)) row[name] = typeof value === 'boolean' ? Number(value) : (value as string);
    around.store.insert(described(entity), row);
    return { id: row.id, ...sent, createdAt: row.createdAt };
  };
  const wait = (milliseconds: number) => {
    time += milliseconds;
  };
  return { around, call, seed, wait };
}

/** What a caller could send: every field that is no reference, and the references that must be there. */
export function sampleOf(entity: string, seed: Seed): Record_ {
  const given = described(entity).fields.filter(({ name }) => name !== 'id' && name !== 'createdAt');
  const sent = given.filter(({ type, required }) => type !== 'reference' || required);
  return Object.fromEntries(sent.map((field) => [field.name, valueFor(field, seed)]));
}

function valueFor({ name, type, references }: FieldDescription, seed: Seed): unknown {
  if (type === 'reference') return seed(references).id;
  if (type === 'integer') return 3;
  if (type === 'number') return 2.5;
  if (type === 'boolean') return true;
  if (type === 'date') return '2030-01-31';
  return type === 'datetime' ? '2030-01-31T10:00:00.000Z' : \`some \${name}\`;
}`.split('\n');

export const SERVER_TEST = `// The server as callers meet it: over a socket.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createService } from '../src/http.ts';
import { loadRules } from '../src/stories.ts';
import { service, TOKEN } from './service.ts';

const AUTHORIZED = { authorization: \`Bearer \${TOKEN}\` };

async function started(act: (at: string) => Promise<void>): Promise<void> {
  const server = createService(service().around);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  try {
    await act(\`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('serves the page and what belongs to it, with safe headers', async () => {
  await started(async (at) => {
    for (const path of ['/', '/app.js', '/style.css', '/openapi.json']) {
      const response = await fetch(at + path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/);
    }
  });
});

test('says that it is well, to anybody', async () => {
  await started(async (at) => {
    const response = await fetch(\`\${at}/health\`);
    assert.deepEqual(await response.json(), { status: 'ok' });
    assert.equal((await fetch(\`\${at}/no-such-page\`)).status, 404);
  });
});

test('refuses a body that is no JSON, and one that is too large', async () => {
  await started(async (at) => {
    const send = (body: string) => fetch(\`\${at}/api/any\`, { method: 'POST', headers: AUTHORIZED, body });
    assert.equal((await send('{')).status, 400);
    assert.equal((await send(JSON.stringify('x'.repeat(1_000_001)))).status, 413);
  });
});

test('has a label for every field of the page', () => {
  const page = readFileSync(new URL('../public/index.html', import.meta.url), 'utf8');
  const fields = [...page.matchAll(/<(?:input|select|textarea) [^>]*id="([^"]+)"/g)].map((found) => found[1]);
  assert.ok(fields.length > 0);
  for (const id of fields) assert.ok(page.includes(\`<label for="\${id}">\`), id);
});

test('loads the rules of its stories, each with a sentence', async () => {
  for (const { says, story } of await loadRules()) {
    assert.match(story, /^S\\d+$/);
    assert.ok(says.length > 0);
  }
});`.split('\n');

export const CSV_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from '../src/csv.ts';

const field = (name: string) => ({ name, type: 'string' as const, required: false, references: '' });

test('writes records as CSV, quoting what needs it, and makes no cell a formula', () => {
  const entity = { table: 'things', fields: [field('id'), field('note')] };
  const csv = csvOf(entity, [{ id: 'a', note: 'say "x", twice' }, { id: 'b', note: '=1+1' }, { id: 'c', note: null }]);
  assert.deepEqual(csv.split('\\r\\n'), ['id,note', 'a,"say ""x"", twice"', "b,'=1+1", 'c,', '']);
});`.split('\n');

export const VALIDATE_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldType } from '../src/entities.ts';
import { convert, validate } from '../src/validate.ts';

const field = (type: FieldType, required = false) => ({ name: type, type, required, references: '' });

test('keeps values of their type, and nothing else', () => {
  const cases: [FieldType, unknown, unknown][] = [
    ['integer', 3, 3],
    ['integer', 1.5, undefined],
    ['integer', '3', undefined],
    ['number', 2.5, 2.5],
    ['number', Number.NaN, undefined],
    ['boolean', true, 1],
    ['boolean', 1, undefined],
    ['string', 'a', 'a'],
    ['string', '', undefined],
    ['string', 'a'.repeat(201), undefined],
    ['text', 'a'.repeat(201), 'a'.repeat(201)],
    ['date', '2030-01-31', '2030-01-31'],
    ['date', '2030-02-30', undefined],
    ['date', '31.1.2030', undefined],
    ['datetime', '2030-01-31T10:00:00+01:00', '2030-01-31T09:00:00.000Z'],
    ['datetime', 'soon', undefined],
    ['reference', 'id1', 'id1'],
  ];
  for (const [type, value, stored] of cases) assert.equal(convert(field(type), value), stored, type);
});

test('asks for what is required, takes nothing unknown, and in part only what was sent', () => {
  const entity = { table: 'things', fields: [field('string', true), field('integer')] };
  assert.deepEqual(validate(entity, { string: 'a' }, false), { row: { string: 'a', integer: null } });
  assert.deepEqual(validate(entity, { integer: 1 }, true), { row: { integer: 1 } });
  assert.deepEqual(validate(entity, { integer: 1 }, false), { problems: ['string is missing'] });
  assert.deepEqual(validate(entity, { string: 'a', more: 1 }, false), { problems: ['unknown field more'] });
  assert.deepEqual(validate(entity, [], false), { problems: ['expected a JSON object'] });
});`.split('\n');

export const STORE_TEST = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entities } from '../src/entities.ts';
import { BrokenReference, EVERYTHING } from '../src/store.ts';
import { service } from './service.ts';

for (const [name, entity] of Object.entries(entities)) {
  test(\`keeps, changes and forgets records of \${name}\`, () => {
    const { around, seed } = service();
    const { store } = around;
    const id = String(seed(name).id);
    assert.equal(store.find(entity, id)?.id, id);
    store.update(entity, id, {});
    store.update(entity, id, { createdAt: '2031-01-01T00:00:00.000Z' });
    assert.equal(store.find(entity, id)?.createdAt, '2031-01-01T00:00:00.000Z');
    assert.equal(store.list(entity, { ...EVERYTHING, since: '2030-06-01' }).length, 1);
    store.remove(entity, id);
    assert.equal(store.find(entity, id), undefined);
    store.close();
  });

  const reference = entity.fields.find(({ type }) => type === 'reference');
  if (reference === undefined) continue;
  test(\`keeps no \${name} that refers to nothing\`, () => {
    const { around, seed } = service();
    const { id } = seed(name);
    assert.throws(() => around.store.update(entity, String(id), { [reference.name]: 'none' }), BrokenReference);
  });
}`.split('\n');
