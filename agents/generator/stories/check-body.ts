// The statements that check one thing of an acceptance line, against a service with the rules of all stories.

import { givenFields, type SoundEntity } from '../blueprint.ts';
import { quoted } from '../files.ts';
import type { Check } from './checks.ts';

const SERVICE = 'const { call, seed } = service(rules);';
const collection = (path: string): string => path.replace(/\/\{[^{}/]+\}$/, '');
const seeded = ({ name }: SoundEntity, more = ''): string => `seed(${quoted(name)}${more === '' ? '' : `, ${more}`})`;

export function checkBody(check: Check): string[] {
  switch (check.kind) {
    case 'operation':
      return operation(check);
    case 'filter':
      return filter(check);
    case 'since':
      return since(check);
    case 'csv':
      return csv(check);
    case 'fields':
      return fields(check);
    case 'max-days':
      return maxDays(check);
    case 'no-overlap':
      return noOverlap(check);
    case 'remove-until':
      return removeUntil(check);
    case 'only-once':
      return onlyOnce(check);
  }
}

type Of<Kind extends Check['kind']> = Extract<Check, { readonly kind: Kind }>;

function operation({ operation: { kind, method, path }, entity }: Of<'operation'>): string[] {
  const verb = quoted(method.toUpperCase());
  const base = collection(path);
  const one = `\`${base}/\${made.id}\``;
  if (kind === 'create') {
    return [
      SERVICE,
      `const made = call(${verb}, '${base}', sampleOf(${quoted(entity.name)}, seed));`,
      'assert.equal(made.status, 201);',
      "assert.notEqual(made.body.id, '');",
    ];
  }
  const made = [SERVICE, `const made = ${seeded(entity)};`];
  if (kind === 'list') return [...made, `assert.deepEqual(call(${verb}, '${base}').body, [made]);`];
  if (kind === 'remove')
    return [
      ...made,
      `assert.equal(call(${verb}, ${one}).status, 204);`,
      `assert.equal(call(${verb}, ${one}).status, 404);`,
    ];
  if (kind === 'read') return [...made, `assert.deepEqual(call(${verb}, ${one}).body, made);`];
  return [
    ...made,
    `const changed = call(${verb}, ${one}, sampleOf(${quoted(entity.name)}, seed));`,
    'assert.equal(changed.status, 200);',
    'assert.equal(changed.body.id, made.id);',
  ];
}

function filter({ operation: { path }, entity, field }: Of<'filter'>): string[] {
  return [
    SERVICE,
    `const wanted = ${seeded(entity, `{ ${field}: 'red drill' }`)};`,
    `${seeded(entity, `{ ${field}: 'blue saw' }`)};`,
    `assert.deepEqual(call('GET', '${path}?${field}=DRILL').body, [wanted]);`,
  ];
}

function since({ operation: { path }, entity, days }: Of<'since'>): string[] {
  const ms = Math.round(days * 86_400_000);
  return [
    'const { around, call, seed, wait } = service(rules);',
    `${seeded(entity)};`,
    `wait(${ms + 86_400_000});`,
    `const recent = ${seeded(entity)};`,
    `const from = new Date(around.now().getTime() - ${ms}).toISOString();`,
    `assert.deepEqual(call('GET', \`${path}?since=\${from}\`).body, [recent]);`,
  ];
}

function csv({ operation: { path }, entity }: Of<'csv'>): string[] {
  return [
    SERVICE,
    `const made = [${seeded(entity)}, ${seeded(entity)}];`,
    `const lines = (call('GET', '${path}', undefined, 'text/csv').csv ?? '').trimEnd().split('\\r\\n');`,
    'assert.equal(lines.length, made.length + 1);',
    'for (const { id } of made) assert.ok(lines.some((line) => line.startsWith(`${id},`)));',
  ];
}

function fields({ operation: { path, method }, entity, fields: names }: Of<'fields'>): string[] {
  const references = givenFields(entity).filter(({ name, type }) => names.includes(name) && type === 'reference');
  const more = references.map(({ name, references: to }) => `, ${name}: seed(${quoted(to)}).id`).join('');
  return [
    SERVICE,
    `const sent = { ...sampleOf(${quoted(entity.name)}, seed)${more} } as Record<string, unknown>;`,
    `const made = call(${quoted(method.toUpperCase())}, '${collection(path)}', sent).body;`,
    `for (const name of [${names.map(quoted).join(', ')}]) {`,
    '  assert.notEqual(sent[name], undefined);',
    '  assert.equal(made[name], sent[name], name);',
    '}',
  ];
}

function maxDays({ entity, path, start, end, days }: Of<'max-days'>): string[] {
  const last = (count: number) => new Date(Date.UTC(2030, 2, count)).toISOString().slice(0, 10);
  const send = (to: number) =>
    `call('POST', '${path}', { ...sampleOf(${quoted(entity.name)}, seed), ${start}: '2030-03-01', ${end}: '${last(to)}' }).status`;
  return [
    SERVICE,
    `assert.equal(${send(days)}, 201);`,
    `assert.equal(${send(days + 1)}, 409);`,
    `assert.equal(${send(0)}, 409);`,
  ];
}

function noOverlap({ entity, path, of, start, end }: Of<'no-overlap'>): string[] {
  const to = entity.fields.find(({ name }) => name === of)?.references ?? '';
  const send = (id: string, from: number, last: number) =>
    `call('POST', '${path}', { ...sampleOf(${quoted(entity.name)}, seed), ${of}: ${id}, ${start}: '2030-03-0${from}', ${end}: '2030-03-0${last}' }).status`;
  return [
    SERVICE,
    `const one = seed(${quoted(to)}).id;`,
    `const other = seed(${quoted(to)}).id;`,
    `assert.equal(${send('one', 3, 5)}, 201);`,
    `assert.equal(${send('one', 5, 6)}, 409);`,
    `assert.equal(${send('one', 1, 3)}, 409);`,
    `assert.equal(${send('one', 1, 9)}, 409);`,
    `assert.equal(${send('one', 6, 7)}, 201);`,
    `assert.equal(${send('other', 3, 5)}, 201);`,
  ];
}

function removeUntil({ entity, path, start, daysBefore }: Of<'remove-until'>): string[] {
  // The clock of the tests stands at 2030-01-01T10:00Z.
  const day = (after: number) => new Date(Date.UTC(2030, 0, 1 + after)).toISOString().slice(0, 10);
  const remove = (after: number) =>
    `call('DELETE', \`${path}/\${seed(${quoted(entity.name)}, { ${start}: '${day(after)}' }).id}\`).status`;
  return [SERVICE, `assert.equal(${remove(daysBefore)}, 204);`, `assert.equal(${remove(daysBefore - 1)}, 409);`];
}

function onlyOnce({ entity, path, of }: Of<'only-once'>): string[] {
  const to = entity.fields.find(({ name }) => name === of)?.references ?? '';
  const send = (id: string) =>
    `call('POST', '${path}', { ...sampleOf(${quoted(entity.name)}, seed), ${of}: ${id} }).status`;
  return [
    SERVICE,
    `const one = seed(${quoted(to)}).id;`,
    `assert.equal(${send('one')}, 201);`,
    `assert.equal(${send('one')}, 409);`,
    `assert.equal(${send(`seed(${quoted(to)}).id`)}, 201);`,
  ];
}
