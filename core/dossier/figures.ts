// Keeps apart what two runs on the same inputs share from what a meter gave: a measured figure leaves in its place that it was
// measured, and by what; its value and its raw report stand apart, by the place they came from.

import { isRecord } from '../gates/evidence/look.ts';
import type { Json } from '../json.ts';

export interface Figure {
  /** JSON pointer into the artifact's content. */
  readonly pointer: string;
  readonly value: Json;
  readonly report?: Json;
}

export interface Separated {
  readonly content: Json;
  readonly figures: readonly Figure[];
}

const isFigure = (value: { [key: string]: Json }): boolean =>
  value.status === 'measured' && 'by' in value && 'value' in value;

export function withoutFigures(content: Json): Separated {
  const figures: Figure[] = [];
  const walk = (value: Json, pointer: string): Json => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${pointer}/${index}`));
    if (!isRecord(value)) return value;
    if (isFigure(value)) {
      const { value: figure, report, ...others } = value;
      figures.push({ pointer, value: figure as Json, ...(report === undefined ? {} : { report }) });
      return others;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, `${pointer}/${escaped(key)}`)]),
    );
  };
  return { content: walk(content, ''), figures };
}

/** The content as it was before its figures were taken out. */
export function withFigures({ content, figures }: Separated): Json {
  const byPointer = new Map(figures.map(({ pointer, ...figure }) => [pointer, figure]));
  const walk = (value: Json, pointer: string): Json => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${pointer}/${index}`));
    if (!isRecord(value)) return value;
    const figure = byPointer.get(pointer);
    if (figure !== undefined) return { ...value, ...figure };
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, `${pointer}/${escaped(key)}`)]),
    );
  };
  return walk(content, '');
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
