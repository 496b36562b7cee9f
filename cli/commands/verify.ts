// `ideamine verify DOSSIER`: checks a dossier offline, from the files it was handed over in, and says what it checked.

import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { DOSSIER_FILE, PROOF_FILE, type Verification, verifyDossier } from '../../core/dossier/verify.ts';
import { RunFailed, UsageError } from '../exit.ts';
import { readUserFile } from '../files.ts';

interface Options {
  readonly key?: string;
  readonly json?: boolean;
}

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('check a dossier and its proof, offline: that nothing in it was changed since it was signed')
    .argument('<dossier>', 'folder that a run was handed over in, or the dossier.json in it')
    .option('--key <fingerprint>', 'the key that must have signed it; without it, the key that did is printed')
    .option('--json', 'print one JSON object')
    .exitOverride()
    .action(verify);
}

function verify(path: string, options: Options): void {
  if (options.key !== undefined && !/^[0-9a-f]{64}$/.test(options.key)) {
    throw new UsageError(`--key: found '${options.key}', expected a fingerprint of 64 hexadecimal digits`);
  }
  const found = verifyDossier(readFolder(folderOf(path)), { key: options.key });
  process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : `${linesOf(found).join('\n')}\n`);
  const failed = found.checks.find(({ ok }) => !ok);
  if (failed !== undefined) throw new RunFailed(`the dossier does not verify: ${failed.detail}`);
}

function folderOf(path: string): string {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch {
    throw new UsageError(`${path}: no such file or folder; expected a dossier`);
  }
  const dir = isFolder ? path : dirname(path);
  const names = readdirSync(dir);
  for (const name of [DOSSIER_FILE, PROOF_FILE]) {
    if (!names.includes(name))
      throw new UsageError(`${dir} has no ${name}; expected the folder a run was handed over in`);
  }
  return dir;
}

/** The files of the folder itself; what lies in folders of it, such as the project, has proofs of its own. */
function readFolder(dir: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(dir, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return new Map(names.map(({ name }) => [name, readUserFile(join(dir, name), 'dossier')]));
}

function linesOf({ ok, checks, signedBy }: Verification): string[] {
  return [
    ...checks.map(
      (check) => `${check.ok ? 'ok    ' : 'BROKEN'}  ${check.what}${check.detail === '' ? '' : ` (${check.detail})`}`,
    ),
    ...(ok ? ['', signedBy === null ? 'unsigned: nothing says who made it' : `signed by key ${signedBy}`] : []),
    ...(ok ? ['Not checked: whether what the dossier says of the product is true, and whose key it is.'] : []),
  ];
}
