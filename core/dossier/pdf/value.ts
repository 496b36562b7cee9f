// Any artifact's content as type, by its shape, as in the HTML: claims with what they cite, figures with what measured them,
// lists of like things as tables. The text of source files is left to the repository.

import { isRecord } from '../../gates/evidence/look.ts';
import type { Json } from '../../json.ts';
import { asTitle, inNumber } from '../words.ts';
import { facts, grid, type Inline, list, type Node, tag } from './node.ts';

type Fields = { [key: string]: Json };

const MOST_COLUMNS = 6;
/** Longer texts make a column too narrow to read. */
const CELL_TEXT = 240;
const NONE: Node = { text: 'none', style: 'quiet' };

export function valueNode(value: Json): Node {
  if (value === null) return { text: 'not given', style: 'quiet' };
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isInteger(value) ? inNumber(value) : String(value);
  if (typeof value === 'string') return textNode(value);
  return Array.isArray(value) ? listNode(value) : recordNode(value);
}

function textNode(text: string): Node {
  if (text === '') return NONE;
  if (text === 'UNKNOWN' || text === 'unknown') return { text: 'not known', style: 'unknown' };
  if (/^[0-9a-f]{40,64}$/.test(text)) return { text: breakable(text), style: 'code' };
  return text.includes('\n') ? { text, style: 'verbatim', preserveLeadingSpaces: true } : text;
}

/** A long word breaks where a zero-width space stands. */
export const breakable = (word: string): string => word.replace(/(.{16})(?=.)/g, '$1\u200b');

function recordNode(record: Fields): Node {
  if (isClaim(record)) return { text: claimText(record) };
  if (record.status === 'unmeasured') {
    return { text: [tag('unmeasured', 'warn'), ` ${String(record.reason)}`] };
  }
  if (record.status === 'measured' && 'value' in record) {
    const by: Inline = { text: `measured by ${String(record.by)}`, style: 'cite' };
    const value = valueNode(record.value as Json);
    return typeof value === 'string' ? { text: [value, '  ', by] } : [value, by];
  }
  if (isFile(record)) return fileNode(record);
  const fields = Object.entries(record);
  if (fields.length === 0) return NONE;
  const wide = ([, value]: [string, Json]) =>
    Array.isArray(value) && value.some((item) => isRecord(item) && !isClaim(item));
  const parts: Node[] = [];
  let beside: [string, Node][] = [];
  const flush = () => {
    if (beside.length > 0) parts.push(facts(beside));
    beside = [];
  };
  for (const field of fields) {
    if (!wide(field)) {
      beside.push([asTitle(field[0]), valueNode(field[1])]);
      continue;
    }
    flush();
    parts.push({ text: asTitle(field[0]), style: 'name', margin: [0, 4, 0, 1], headlineLevel: 3 }, valueNode(field[1]));
  }
  flush();
  return parts;
}

const isClaim = (record: Fields): boolean => typeof record.text === 'string' && Array.isArray(record.cites);
const isFile = (record: Fields): boolean => typeof record.path === 'string' && typeof record.text === 'string';

function claimText({ text, cites }: Fields): Inline[] {
  if (text === 'UNKNOWN') return [{ text: 'not known', style: 'unknown' }];
  const sources = [...new Set((cites as Json[]).filter(isRecord).map(({ source }) => String(source)))];
  return sources.length === 0 ? [String(text)] : [String(text), { text: `  ${sources.join(', ')}`, style: 'cite' }];
}

function fileNode({ path, text }: Fields): Node {
  const lines = String(text).split('\n').length;
  return {
    text: [
      { text: String(path), style: 'code' },
      { text: `  ${inNumber(lines)} ${lines === 1 ? 'line' : 'lines'}`, style: 'cite' },
    ],
  };
}

function listNode(items: readonly Json[]): Node {
  if (items.length === 0) return NONE;
  if (items.every((item) => typeof item !== 'object' || item === null)) return wordsNode(items);
  const records = items.filter(isRecord);
  const plain =
    records.length < items.length || records.some((item) => isClaim(item) || isFile(item) || 'status' in item);
  if (plain) return list(items.map(valueNode));
  const columns = columnsOf(records);
  return columns === null ? records.map(cardNode) : tableNode(records, columns);
}

function wordsNode(items: readonly Json[]): Node {
  const texts = items.map(String);
  return texts.every((text) => text.length <= 40) ? texts.join(', ') : list(texts.map(textNode));
}

const cardNode = (record: Fields): Node => ({
  table: { widths: ['*'], body: [[recordNode(record)]] },
  layout: 'card',
  margin: [0, 3, 0, 5],
});

/** Null when the records are no table that fits a page. */
function columnsOf(records: readonly Fields[]): readonly string[] | null {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  return records.every((record) => Object.values(record).every(fitsCell)) ? columns : null;
}

function fitsCell(value: Json): boolean {
  if (typeof value === 'string') return !value.includes('\n') && value.length <= CELL_TEXT;
  if (Array.isArray(value)) return value.length <= 8 && value.every((item) => (isRecord(item) ? isClaim(item) : true));
  if (isRecord(value)) return isClaim(value) || value.status === 'unmeasured' || value.status === 'measured';
  return true;
}

function tableNode(records: readonly Fields[], columns: readonly string[]): Node {
  const rows = records.map((record) =>
    columns.map((column) => (column in record ? valueNode(record[column] as Json) : '')),
  );
  return grid(
    columns.map((column) => widthOf(records, column)),
    columns.map(asTitle),
    rows,
  );
}

/** A column of short values is as wide as they are, the others share the rest. */
function widthOf(records: readonly Fields[], column: string): string {
  const short = (value: Json | undefined): boolean =>
    value === undefined ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= 12);
  return records.every((record) => short(record[column])) ? 'auto' : '*';
}
