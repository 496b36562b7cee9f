// Files of the generated project, and what is counted of them. The generator writes a small TypeScript service on
// node:http and node:sqlite with one web page; it needs Node 24 and no dependency at run time.

import type { SourceFile } from '../../core/artifacts/source-code.ts';

export function file(path: string, lines: readonly string[], serves: readonly string[]): SourceFile {
  return { path, text: `${lines.join('\n')}\n`, serves: [...serves] };
}

export function countLines(files: readonly { readonly text: string }[]): number {
  return files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
}

/** Text between quotes in TypeScript, SQL apart. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}
