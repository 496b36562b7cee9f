// The frontend part: one accessible page that lists, makes, changes and removes records, as far as the API offers it.

import type { EntityField } from '../../core/artifacts/data-model.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { palette } from '../domain/design.ts';
import { withArticle } from '../text/article.ts';
import { spoken } from '../text/terms.ts';
import { type Blueprint, givenFields, type SoundEntity } from './blueprint.ts';
import { file } from './files.ts';
import type { ListedOperation } from './openapi-operations.ts';
import { APP, STYLE } from './page-source.ts';

export function frontendFiles(plan: Blueprint): SourceFile[] {
  const names = plan.entities.map(({ name }) => name);
  return [
    file('public/index.html', page(plan), names),
    file('public/app.js', APP, names),
    file('public/style.css', [...tokens(plan.title), ...STYLE], []),
  ];
}

function tokens(title: string): string[] {
  return [':root {', ...palette(title).colours.map(({ name, value }) => `  --${name}: ${value};`), '}'];
}

function page(plan: Blueprint): string[] {
  const title = escaped(plan.title);
  const shown = plan.entities.filter((entity) => operation(plan, entity, 'list') !== undefined);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '  <meta charset="utf-8">',
    '  <meta name="viewport" content="width=device-width, initial-scale=1">',
    `  <title>${title}</title>`,
    '  <link rel="icon" href="data:,">',
    '  <link rel="stylesheet" href="style.css">',
    '</head>',
    '<body>',
    '  <a class="skip" href="#content">Skip to the content</a>',
    `  <header><h1>${title}</h1><p>${escaped(plan.description)}</p></header>`,
    '  <nav aria-label="Kinds of record"><ul>',
    ...shown.map(({ table }) => `    <li><a href="#${table}">${heading(table)}</a></li>`),
    '  </ul></nav>',
    '  <main id="content" tabindex="-1">',
    '    <form id="access">',
    '      <p><label for="token">Access token</label><input id="token" type="password" autocomplete="current-password" required></p>',
    '      <button type="submit">Open</button>',
    '    </form>',
    '    <p id="status" role="status"></p>',
    ...shown.flatMap((entity) => section(entity, plan)),
    '  </main>',
    '  <script type="module" src="app.js"></script>',
    '</body>',
    '</html>',
  ];
}

/** The first operation of that kind; its path without the id. */
function operation(plan: Blueprint, entity: SoundEntity, kind: ListedOperation['kind']) {
  const found = plan.operations.find((one) => one.entity === entity.name && one.kind === kind);
  return found && { method: found.method, path: found.path.replace(/\/\{[^{}/]+\}$/, '') };
}

function section(entity: SoundEntity, plan: Blueprint): string[] {
  const { name, table } = entity;
  const updating = operation(plan, entity, 'update');
  const removing = operation(plan, entity, 'remove');
  const attributes = [
    `data-list="${operation(plan, entity, 'list')?.path}"`,
    `data-entity="${name}"`,
    ...(updating === undefined
      ? []
      : [`data-update="${updating.path}" data-method="${updating.method.toUpperCase()}"`]),
    ...(removing === undefined ? [] : [`data-remove="${removing.path}"`]),
  ];
  return [
    `    <section id="${table}" aria-labelledby="${table}-title">`,
    `      <h2 id="${table}-title">${heading(table)}</h2>`,
    `      <ul class="records" ${attributes.join(' ')}></ul>`,
    ...creation(entity, plan),
    '    </section>',
  ];
}

function creation(entity: SoundEntity, plan: Blueprint): string[] {
  const path = operation(plan, entity, 'create')?.path;
  if (path === undefined) return [];
  const { name, table } = entity;
  return [
    `      <form data-create="${path}" data-entity="${name}" aria-labelledby="${table}-add">`,
    `        <h3 id="${table}-add">Add ${withArticle(spoken(name))}</h3>`,
    ...givenFields(entity).map((field) => `        <p>${input(table, field)}</p>`),
    `        <button type="submit">Add ${spoken(name)}</button>`,
    '      </form>',
  ];
}

const INPUT_TYPE: Partial<Record<EntityField['type'], string>> = {
  integer: 'type="number" step="1"',
  number: 'type="number" step="any"',
  date: 'type="date"',
  datetime: 'type="datetime-local"',
  boolean: 'type="checkbox"',
};

function input(table: string, { name, type, required, references }: EntityField): string {
  const id = `${table}-${name}`;
  const must = required && type !== 'boolean' ? ' required' : '';
  const text = spoken(type === 'reference' ? name.replace(/Id$/, '') : name);
  const label = `<label for="${id}">${text}${must === '' ? '' : ' (required)'}</label>`;
  const common = `id="${id}" name="${name}" data-type="${type}"${must}`;
  if (type === 'reference')
    return `${label}<select ${common} data-of="${references}"><option value="">none</option></select>`;
  if (type === 'text') return `${label}<textarea ${common} maxlength="5000" rows="3"></textarea>`;
  return `${label}<input ${common} ${INPUT_TYPE[type] ?? 'type="text" maxlength="200"'}>`;
}

function heading(table: string): string {
  const words = table.replace(/-/g, ' ');
  return (words[0] ?? '').toUpperCase() + words.slice(1);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '').replace(/\s+/g, ' ');
}
