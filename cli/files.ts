// Reads and writes what the user names: ideas, pipeline files, pictures, with errors a person can act on.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from './exit.ts';

/** The largest file that is read at all, so that a wrong path to a disk image fails at once. */
const MOST_BYTES = 64 * 1024 * 1024;

/** @throws UsageError when there is no such file, it is a directory, cannot be read, or is larger than 64 MiB. */
export function readUserFile(path: string, what: string): Uint8Array {
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(path);
  } catch (thrown) {
    throw unreadable(path, what, thrown);
  }
  if (stat?.isDirectory()) throw new UsageError(`${path} is a directory; expected a file with the ${what}`);
  if (!stat?.isFile()) throw new UsageError(`${path} is not a regular file; expected a file with the ${what}`);
  if (stat.size > MOST_BYTES) {
    throw new UsageError(`${path} has ${stat.size} bytes; a ${what} of that size cannot be right`);
  }
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw unreadable(path, what, thrown);
  }
}

/** @throws UsageError when the file cannot be written. */
export function writeUserFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (thrown) {
    throw new UsageError(`${path} cannot be written: ${(thrown as NodeJS.ErrnoException).code}`);
  }
}

function unreadable(path: string, what: string, thrown: unknown): UsageError {
  const code = (thrown as NodeJS.ErrnoException).code;
  const reason = code === 'ENOENT' ? 'no such file' : code === 'EACCES' ? 'no permission to read it' : String(code);
  return new UsageError(`${path}: ${reason}; expected the ${what}`);
}
