// Makes work that is too large smaller: code by whole directories and their real line counts, any other list by count.

import { BadInput } from '../errors.ts';

/** Lines of code one task may get (spec §3). */
const MOST_LINES = 10_000;

export interface CountedFile {
  /** With `/` between directories. */
  readonly path: string;
  readonly lines: number;
}

export interface Pack {
  readonly directories: readonly string[];
  readonly files: readonly CountedFile[];
  readonly lines: number;
}

/**
 * Packs whole directories greedily, in order of path, into packs of at most `most` lines. A directory that is larger by
 * itself is packed file by file; a file that is larger by itself is a pack of its own. Every file is in exactly one pack.
 */
export function packDirectories(files: readonly CountedFile[], most = MOST_LINES): Pack[] {
  const units = [...byDirectory(files)].flatMap(([directory, members]) => {
    const unit = packOf([directory], members);
    return unit.lines <= most ? [unit] : members.map((file) => packOf([directory], [file]));
  });
  const packs: Pack[] = [];
  for (const unit of units) {
    const open = packs.at(-1);
    if (open !== undefined && open.lines + unit.lines <= most) {
      const directories = [...new Set([...open.directories, ...unit.directories])];
      packs[packs.length - 1] = packOf(directories, [...open.files, ...unit.files]);
    } else packs.push(unit);
  }
  return packs;
}

/** `items` in order in parts of at most `most`, as even as can be. */
export function shrinkList<Item>(items: readonly Item[], most: number): Item[][] {
  if (!Number.isInteger(most) || most < 1) throw new BadInput(`parts: expected a size of 1 or more, found ${most}`);
  const parts = Math.ceil(items.length / most);
  const bound = (part: number): number => Math.floor((part * items.length) / parts);
  return Array.from({ length: parts }, (_, part) => items.slice(bound(part), bound(part + 1)));
}

function packOf(directories: readonly string[], files: readonly CountedFile[]): Pack {
  return { directories, files, lines: files.reduce((sum, { lines }) => sum + lines, 0) };
}

function byDirectory(files: readonly CountedFile[]): Map<string, CountedFile[]> {
  const directories = new Map<string, CountedFile[]>();
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const directory = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '.';
    directories.set(directory, [...(directories.get(directory) ?? []), file]);
  }
  return directories;
}
