// Writes a function's code to a folder of its own, which goes when the tests of the file are over.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** `files`: text by name; a single text is index.js. */
export function codeFolder(files: string | Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'code-'));
  made.push(folder);
  const all = typeof files === 'string' ? { 'index.js': files } : files;
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return folder;
}

/** A folder for anything. */
export function emptyFolder(): string {
  return codeFolder({});
}
