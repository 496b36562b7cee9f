// What a page is made of, in the words of the type setter: plain data, so that nothing here depends on it.

export type Inline = string | { readonly text: string | readonly Inline[]; readonly [style: string]: unknown };

interface Table {
  readonly headerRows: number;
  readonly widths: readonly (string | number)[];
  readonly body: readonly (readonly Node[])[];
  readonly dontBreakRows?: boolean;
  readonly keepWithHeaderRows?: number;
}

export type Node = string | { readonly [property: string]: unknown } | readonly Node[];

/** @param width of the first column, in points, where names stand. */
export function facts(rows: readonly (readonly [string, Node])[], width = 110): Node {
  const body = rows.map(([name, value]) => [{ text: name, style: 'name' }, value]);
  return {
    table: { widths: [width, '*'], body } satisfies Omit<Table, 'headerRows'>,
    layout: 'facts',
    margin: [0, 2, 0, 8],
  };
}

/** A table whose head is said again on each page it goes on to, and whose rows stay whole. */
export function grid(
  widths: readonly (string | number)[],
  head: readonly string[],
  rows: readonly (readonly Node[])[],
): Node {
  const header = head.map((text) => ({ text, style: 'head' }));
  const table: Table = { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body: [header, ...rows] };
  return { table, layout: 'grid', style: 'cell', margin: [0, 4, 0, 10] };
}

export const list = (items: readonly Node[]): Node => ({ ul: items, margin: [0, 2, 0, 6] });

const TONES = { good: '#1b6e3c', warn: '#8a5a00', bad: '#a4262c' } as const;
export type Tone = keyof typeof TONES;

export const tag = (text: string, tone: Tone): Inline => ({
  text: text.toUpperCase(),
  color: TONES[tone],
  bold: true,
  fontSize: 8,
});

/** Begins a page, and stands in the contents. */
export const chapter = (text: string): Node => ({ text, style: 'chapter', tocItem: true, pageBreak: 'before' });
export const heading = (text: string | readonly unknown[], tocText?: string): Node => ({
  text,
  style: 'heading',
  headlineLevel: 2,
  ...(tocText === undefined ? {} : { tocItem: true, tocStyle: { color: '#5b6470' }, tocMargin: [14, 0, 0, 0] }),
});
