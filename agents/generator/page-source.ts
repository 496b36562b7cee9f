// The text of the generated page's script and style sheet, the same for every project but for the colours.
// Spacings and the font are those of the design tokens.

export const APP =
  `// Lists, makes, changes and removes records through the API. Data is put in as text, never as markup.

const status = document.querySelector('#status');
const lists = [...document.querySelectorAll('[data-list]')];
let token = '';

async function call(method, path, body) {
  const headers = { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' };
  const response = await fetch(\`/api\${path}\`, { method, headers, body: body && JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer.detail ?? response.statusText);
  return answer;
}

function nameOf(row) {
  const named = Object.entries(row).find(([field, value]) => typeof value === 'string' && !/^(id|createdAt)$/.test(field));
  return row.name ?? named?.[1] ?? row.id;
}

function button(text, label, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', () => run(act));
  return made;
}

function detailsOf(row) {
  const details = document.createElement('dl');
  for (const [field, value] of Object.entries(row)) {
    const term = document.createElement('dt');
    const text = document.createElement('dd');
    term.textContent = field;
    text.textContent = String(value);
    details.append(term, text);
  }
  return details;
}

function editOf(row, list) {
  const source = document.querySelector(\`[data-create][data-entity="\${list.dataset.entity}"]\`);
  if (source === null) return [];
  return [
    button('Change', \`Change \${nameOf(row)}\`, async () => {
      for (const field of fieldsOf(source)) {
        if (field.type === 'checkbox') field.checked = row[field.name] === true;
        else field.value = String(row[field.name] ?? '').slice(0, field.type === 'datetime-local' ? 16 : undefined);
      }
      source.dataset.changing = row.id;
      source.dataset.path = list.dataset.update;
      source.dataset.method = list.dataset.method;
      fieldsOf(source)[0]?.focus();
    }),
  ];
}

async function show(list) {
  const rows = await call('GET', list.dataset.list);
  list.replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement('li');
      const title = document.createElement('strong');
      title.textContent = nameOf(row);
      item.append(title, detailsOf(row));
      if (list.dataset.update) item.append(...editOf(row, list));
      if (list.dataset.remove) {
        item.append(
          button('Remove', \`Remove \${nameOf(row)}\`, async () => {
            await call('DELETE', \`\${list.dataset.remove}/\${row.id}\`);
            await showAll();
          }),
        );
      }
      return item;
    }),
  );
  for (const select of document.querySelectorAll(\`[data-of="\${list.dataset.entity}"]\`)) {
    const none = new Option('none', '');
    select.replaceChildren(none, ...rows.map((row) => new Option(nameOf(row), row.id)));
  }
}

async function showAll() {
  await Promise.all(lists.map(show));
}

function fieldsOf(form) {
  return [...form.querySelectorAll('[name]')];
}

function sentOf(field) {
  if (field.type === 'checkbox') return field.checked;
  if (field.value === '') return undefined;
  if (field.type === 'datetime-local') return new Date(field.value).toISOString();
  return field.type === 'number' ? Number(field.value) : field.value;
}

function run(act) {
  act().then(
    () => {
      status.textContent = 'Up to date';
    },
    (error) => {
      status.textContent = error.message;
    },
  );
}

document.querySelector('#access').addEventListener('submit', (event) => {
  event.preventDefault();
  token = document.querySelector('#token').value;
  run(showAll);
});

for (const form of document.querySelectorAll('[data-create]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const record = Object.fromEntries(fieldsOf(form).map((field) => [field.name, sentOf(field)]));
    const { changing, path, method, create } = form.dataset;
    run(async () => {
      if (changing) await call(method, \`\${path}/\${changing}\`, record);
      else await call('POST', create, record);
      delete form.dataset.changing;
      form.reset();
      await showAll();
    });
  });
}

// The address that the service prints at its start carries the token; it never leaves the browser.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  history.replaceState(null, '', location.pathname);
  token = given;
  run(showAll);
}`.split('\n');

export const STYLE = `* { box-sizing: border-box; }
body { margin: 0 auto; padding: 16px; max-width: 80rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1, h2, h3 { margin: 0 0 8px; line-height: 1.25; overflow-wrap: anywhere; }
p { margin: 0 0 8px; max-width: 42rem; }
a { color: var(--brand); }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
nav ul { display: flex; flex-wrap: wrap; gap: 8px 16px; margin: 0 0 24px; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 8px 0; }
main { display: grid; gap: 40px; }
main:focus { outline: none; }
form { display: grid; gap: 8px; max-width: 30rem; }
form p { display: grid; gap: 4px; }
input, select, textarea, button { width: 100%; min-height: 2.75rem; padding: 8px; border: 1px solid var(--ink); border-radius: 0.25rem; font: inherit; color: var(--ink); background: var(--paper); }
input[type='checkbox'] { width: 2.75rem; }
button { width: auto; padding: 8px 16px; border-color: var(--brand); color: var(--paper); background: var(--brand); cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.records { display: grid; gap: 16px; margin: 0 0 16px; padding: 0; list-style: none; }
.records li { padding: 16px; border: 1px solid var(--brand); border-radius: 0.5rem; overflow-wrap: anywhere; }
.records button { margin: 0 8px 0 0; }
dl { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); gap: 4px 16px; margin: 8px 0; }
dd { margin: 0; }
@media (min-width: 48rem) {
  .records { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (min-width: 75rem) {
  .records { grid-template-columns: repeat(3, minmax(0, 1fr)); }
}`.split('\n');
