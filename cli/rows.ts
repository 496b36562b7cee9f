// Rows as text: a table for people, CSV for spreadsheets.

import type { Cell, Row } from './questions/question.ts';

const textOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell));

/** `secondsSinceHeartbeat` -> `seconds since heartbeat`. */
const titleOf = (column: string): string => column.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

export function asTable(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return 'none';
  const columns = Object.keys(first);
  const lines = [columns.map(titleOf), ...rows.map((row) => columns.map((column) => textOf(row[column])))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)));
  const numeric = columns.map((column) => rows.every((row) => typeof row[column] === 'number' || row[column] === null));
  return lines
    .map((line) =>
      line
        .map((cell, at) => (numeric[at] ? cell.padStart(widths[at] as number) : cell.padEnd(widths[at] as number)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** RFC 4180, with a head. A cell that a spreadsheet would take for a formula is made text. */
export function asCsv(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const columns = Object.keys(first);
  const lines = [columns, ...rows.map((row) => columns.map((column) => safe(row[column])))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function safe(cell: Cell | undefined): string {
  const text = textOf(cell);
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
