// Any artifact's content as HTML, by its shape: claims with what they cite, figures with what measured them, lists of
// like things as tables. Nothing is left out but the text of source files, which is in the repository.

import { isRecord } from '../../gates/evidence/look.ts';
import type { Json } from '../../json.ts';
import { asTitle, inNumber } from '../words.ts';
import { html, type Markup } from './markup.ts';

type Fields = { [key: string]: Json };

const NONE = html`<span class="none">none</span>`;
/** More columns than this do not fit a page. */
const MOST_COLUMNS = 6;
const LONG_TEXT = 600;

export function renderValue(value: Json): Markup {
  if (value === null) return html`<span class="none">not given</span>`;
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'number') return html`${Number.isInteger(value) ? inNumber(value) : String(value)}`;
  if (typeof value === 'string') return renderText(value);
  if (Array.isArray(value)) return renderList(value);
  return renderRecord(value);
}

function renderText(text: string): Markup {
  if (text === '') return html`<span class="none">none</span>`;
  if (text === 'UNKNOWN' || text === 'unknown') return html`<span class="unknown">not known</span>`;
  if (/^[0-9a-f]{40,64}$/.test(text)) return html`<code>${text}</code>`;
  return text.includes('\n') || text.length > LONG_TEXT ? html`<pre>${text}</pre>` : html`${text}`;
}

function renderRecord(record: Fields): Markup {
  if (isClaim(record)) return renderClaim(record);
  if (record.status === 'unmeasured') return renderUnmeasured(record);
  if (record.status === 'measured' && 'value' in record) return renderMeasured(record);
  if (isFile(record)) return renderFile(record);
  const fields = Object.entries(record);
  if (fields.length === 0) return NONE;
  return html`<dl>${fields.map(renderField)}</dl>`;
}

/** What is as wide as the page stands below its name, the rest beside it. */
function renderField([name, value]: [string, Json]): Markup {
  const wide = Array.isArray(value) && value.some((item) => isRecord(item) && !isClaim(item) && !isFile(item));
  return html`<div${wide ? html` class="wide"` : null}><dt>${asTitle(name)}</dt><dd>${renderValue(value)}</dd></div>`;
}

const isClaim = (record: Fields): boolean => typeof record.text === 'string' && Array.isArray(record.cites);

const isFile = (record: Fields): boolean => typeof record.path === 'string' && typeof record.text === 'string';

function renderClaim({ text, cites }: Fields): Markup {
  if (text === 'UNKNOWN') return html`<span class="unknown">not known</span>`;
  const list = (cites as Json[]).filter(isRecord);
  const sources = [...new Set(list.map(({ source }) => String(source)))];
  const places = list.map(({ source, pointer, start, end }) => `${source}${pointer} ${start}-${end}`).join(', ');
  const mark = sources.length === 0 ? null : html` <span class="cite" title="${places}">${sources.join(', ')}</span>`;
  return html`${String(text)}${mark}`;
}

const renderUnmeasured = ({ reason }: Fields): Markup =>
  html`<span class="tag warn">unmeasured</span> <span class="reason">${String(reason)}</span>`;

const renderMeasured = ({ value, by }: Fields): Markup =>
  html`${renderValue(value as Json)} <span class="cite">measured by ${String(by)}</span>`;

function renderFile({ path, text }: Fields): Markup {
  const lines = String(text).split('\n').length;
  return html`<code>${String(path)}</code> <span class="cite">${inNumber(lines)} ${lines === 1 ? 'line' : 'lines'}</span>`;
}

function renderList(list: readonly Json[]): Markup {
  if (list.length === 0) return NONE;
  if (list.every((item) => typeof item !== 'object' || item === null)) return renderWords(list);
  const records = list.filter(isRecord);
  const plain =
    records.length < list.length || records.some((item) => isClaim(item) || isFile(item) || 'status' in item);
  if (plain) return html`<ul>${list.map((item) => html`<li>${renderValue(item)}</li>`)}</ul>`;
  const columns = columnsOf(records);
  return columns === null ? html`<div class="cards">${records.map(renderCard)}</div>` : renderTable(records, columns);
}

function renderWords(list: readonly Json[]): Markup {
  const texts = list.map(String);
  if (texts.every((text) => text.length <= 40)) return html`${texts.join(', ')}`;
  return html`<ul>${texts.map((text) => html`<li>${renderText(text)}</li>`)}</ul>`;
}

const renderCard = (record: Fields): Markup => html`<div class="card">${renderRecord(record)}</div>`;

/** Null when some cell would need a page of its own. */
function columnsOf(records: readonly Fields[]): string[] | null {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (columns.length > MOST_COLUMNS) return null;
  const fits = records.every((record) => Object.values(record).every(fitsCell));
  return fits ? columns : null;
}

function fitsCell(value: Json): boolean {
  if (typeof value === 'string') return !value.includes('\n') && value.length <= LONG_TEXT;
  if (Array.isArray(value)) return value.every((item) => (isRecord(item) ? isClaim(item) : true));
  if (isRecord(value)) return isClaim(value) || value.status === 'unmeasured' || value.status === 'measured';
  return true;
}

function renderTable(records: readonly Fields[], columns: readonly string[]): Markup {
  // A lone column needs no table.
  const [only] = columns;
  if (columns.length === 1 && only !== undefined) {
    return html`<ul>${records.map((record) => html`<li>${renderValue(record[only] ?? null)}</li>`)}</ul>`;
  }
  const head = columns.map((column) => html`<th scope="col">${asTitle(column)}</th>`);
  const rows = records.map(
    (record) =>
      html`<tr>${columns.map((column) => html`<td>${column in record ? renderValue(record[column] as Json) : ''}</td>`)}</tr>`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
