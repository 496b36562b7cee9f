// The frontend part: one accessible page that lists and makes records of each entity.

import type { DataModel, Entity, EntityField } from '../../core/artifacts/data-model.ts';
import type { SourceFile } from '../../core/artifacts/source-code.ts';
import { withArticle } from '../text/article.ts';
import { spoken } from '../text/terms.ts';
import { file } from './files.ts';

export function frontendFiles({ entities }: DataModel): SourceFile[] {
  const names = entities.map(({ name }) => name);
  return [
    file('public/index.html', page(entities), names),
    file('public/app.js', APP, names),
    file('public/style.css', STYLE, []),
  ];
}

function page(entities: readonly Entity[]): string[] {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '  <meta charset="utf-8">',
    '  <meta name="viewport" content="width=device-width, initial-scale=1">',
    '  <title>Records</title>',
    '  <link rel="stylesheet" href="style.css">',
    '</head>',
    '<body>',
    '  <header><h1>Records</h1></header>',
    '  <nav aria-label="Kinds of record"><ul>',
    ...entities.map(({ plural }) => `    <li><a href="#${plural}">${title(plural)}</a></li>`),
    '  </ul></nav>',
    '  <main>',
    '    <form id="access"><label for="token">Access token</label><input id="token" type="password" autocomplete="current-password" required><button>Open</button></form>',
    '    <p id="status" role="status"></p>',
    ...entities.flatMap(section),
    '  </main>',
    '  <script type="module" src="app.js"></script>',
    '</body>',
    '</html>',
  ];
}

function section({ name, plural, fields }: Entity): string[] {
  const inputs = fields.filter((field) => field.name !== 'id' && field.name !== 'createdAt');
  return [
    `    <section id="${plural}" aria-labelledby="${plural}-title">`,
    `      <h2 id="${plural}-title">${title(plural)}</h2>`,
    `      <ul data-list="${plural}"></ul>`,
    `      <form data-create="${plural}">`,
    `        <h3>Add ${withArticle(spoken(name))}</h3>`,
    ...inputs.map((field) => `        ${input(plural, field)}`),
    '        <button>Save</button>',
    '      </form>',
    '    </section>',
  ];
}

function input(plural: string, { name, type, required }: EntityField): string {
  const id = `${plural}-${name}`;
  const kinds: Partial<Record<EntityField['type'], string>> = {
    integer: 'number',
    number: 'number',
    date: 'date',
    datetime: 'datetime-local',
    boolean: 'checkbox',
  };
  const label = type === 'reference' ? `${spoken(name.replace(/Id$/, ''))} id` : spoken(name);
  return `<label for="${id}">${label}</label><input id="${id}" name="${name}" type="${kinds[type] ?? 'text'}" data-type="${type}"${required ? ' required' : ''}>`;
}

function title(plural: string): string {
  const words = plural.replace(/-/g, ' ');
  return (words[0] ?? '').toUpperCase() + words.slice(1);
}

const APP = `// Lists and makes records through the API. Data is put in as text, never as markup.

const status = document.querySelector('#status');
let token = '';

async function call(method, path, body) {
  const headers = { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' };
  const response = await fetch(\`/api\${path}\`, { method, headers, body: body && JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer.detail ?? response.statusText);
  return answer;
}

async function show(list) {
  const rows = await call('GET', \`/\${list.dataset.list}\`);
  list.replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement('li');
      item.textContent = \`\${row.name} (\${row.id})\`;
      return item;
    }),
  );
}

function valueOf(input) {
  if (input.type === 'checkbox') return input.checked;
  if (input.value === '') return undefined;
  return input.type === 'number' ? Number(input.value) : input.value;
}

document.querySelector('#access').addEventListener('submit', (event) => {
  event.preventDefault();
  token = document.querySelector('#token').value;
  Promise.all([...document.querySelectorAll('[data-list]')].map(show)).then(
    () => { status.textContent = 'Up to date'; },
    (error) => { status.textContent = error.message; },
  );
});

for (const form of document.querySelectorAll('[data-create]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const record = Object.fromEntries([...form.querySelectorAll('input')].map((input) => [input.name, valueOf(input)]));
    call('POST', \`/\${form.dataset.create}\`, record)
      .then(() => show(document.querySelector(\`[data-list="\${form.dataset.create}"]\`)))
      .then(() => { form.reset(); status.textContent = 'Saved'; })
      .catch((error) => { status.textContent = error.message; });
  });
}`.split('\n');

const STYLE = `:root { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1f; background: #ffffff; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; padding: 0; list-style: none; }
form { display: grid; gap: 0.5rem; max-width: 30rem; }
input, button { font: inherit; min-height: 2.75rem; min-width: 2.75rem; box-sizing: border-box; }
a { color: #0b4f8a; }
li { overflow-wrap: anywhere; }`.split('\n');
