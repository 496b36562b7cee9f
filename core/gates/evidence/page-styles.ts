// What the built pages say about how they look: declarations of the style sheets and pages of SourceCode, read as text.
// Only declarations: `#add` in a selector or a link is no colour.

import type { SourceCode } from '../../artifacts/source-code.ts';
import type { Evidence } from '../criterion.ts';
import { contentOf } from './look.ts';

export interface StyledFile {
  readonly path: string;
  readonly declarations: readonly { readonly property: string; readonly value: string }[];
}

const BLOCK = /\{([^{}]*)\}/g;
const STYLE_ELEMENT = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;
const STYLE_ATTRIBUTE = /\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const DECLARATION = /([\w-]+)\s*:\s*([^;]+)/g;

/** Files of SourceCode that have declarations; none when nothing was built. */
export function styledFiles(evidence: Evidence): StyledFile[] {
  const parts = Object.values(contentOf<SourceCode>(evidence, 'SourceCode')?.parts ?? {});
  return parts
    .flatMap(({ files }) => files)
    .map(({ path, text }) => ({ path, declarations: declarationsOf(path, text) }))
    .filter(({ declarations }) => declarations.length > 0);
}

function declarationsOf(path: string, text: string): StyledFile['declarations'] {
  if (/\.css$/i.test(path)) return blocksOf(text).flatMap(inBlock);
  if (!/\.html?$/i.test(path)) return [];
  const sheets = [...text.matchAll(STYLE_ELEMENT)].flatMap(([, sheet]) => blocksOf(sheet ?? ''));
  const attributes = [...text.matchAll(STYLE_ATTRIBUTE)].map(([, double, single]) => double ?? single ?? '');
  return [...sheets, ...attributes].flatMap(inBlock);
}

function blocksOf(sheet: string): string[] {
  return [...sheet.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(BLOCK)].map(([, block]) => block ?? '');
}

function inBlock(block: string): StyledFile['declarations'] {
  return [...block.matchAll(DECLARATION)].map(([, property, value]) => ({
    property: (property ?? '').toLowerCase(),
    value: (value ?? '').trim(),
  }));
}
