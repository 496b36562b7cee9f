// What a process and all it started use, as Linux tells; nothing is known elsewhere. And what a folder holds.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4096;

interface Usage {
  readonly count: number;
  readonly bytes: number;
}

export function processesUnder(pid: number): Usage {
  const children = new Map<number, number[]>();
  const memory = new Map<number, number>();
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return { count: 0, bytes: 0 };
  }
  for (const name of names) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in parentheses may hold anything, parentheses too.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const parent = Number(fields[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
      memory.set(Number(name), Number(fields[21]) * PAGE);
    } catch {
      // It has ended since it was listed.
    }
  }
  let count = 0;
  let bytes = 0;
  const left = [pid];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    count += 1;
    bytes += memory.get(one) ?? 0;
    left.push(...(children.get(one) ?? []));
  }
  return { count, bytes };
}

/** Bytes in a folder; stops counting beyond `most`. Follows no link. */
export function folderBytes(folder: string, most: number): number {
  let bytes = 0;
  const left = [folder];
  for (let one = left.pop(); one !== undefined && bytes <= most; one = left.pop()) {
    try {
      const found = lstatSync(one);
      bytes += found.blocks * 512;
      if (found.isDirectory()) left.push(...readdirSync(one).map((name) => join(one as string, name)));
    } catch {
      // It is gone since it was listed.
    }
  }
  return bytes;
}
