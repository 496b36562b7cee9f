// A sandbox of Linux namespaces, made by bubblewrap: no network but its own loopback, no processes but its own, no files but the
// system's programs and what it is given, nothing of the environment it was started from, no privileges.

import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import type { Confined } from './confined.ts';

export interface Inside {
  /** Folder it may write to, and starts in. */
  readonly folder: string;
  /** Files and folders it may read, at the place they have outside. */
  readonly readable: readonly string[];
  readonly network: boolean;
  readonly variables: Readonly<Record<string, string>>;
  /** Of its temporary files. */
  readonly temporaryBytes: number;
}

/** Of the host's settings, what programs need to start: certificates, fonts, the linker's index. Nothing else of /etc is there. */
const SETTINGS = ['/etc/ssl', '/etc/pki', '/etc/fonts', '/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/alternatives'];
const FOR_NETWORK = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf'];
const SYSTEM = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** @param bwrap path of the program */
export function inBubblewrap(bwrap: string, shell: string, inside: Inside): Confined {
  const variables = { HOME: '/tmp', TMPDIR: '/tmp', LANG: 'C.UTF-8', ...inside.variables };
  const args = [
    '--unshare-all',
    ...(inside.network ? ['--share-net'] : []),
    ...['--unshare-user', '--uid', '1000', '--gid', '1000'],
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    ...['--cap-drop', 'ALL'],
    ...['--ro-bind', '/usr', '/usr'],
    ...SYSTEM.flatMap(systemFolder),
    ...[...SETTINGS, ...(inside.network ? FOR_NETWORK : [])].flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(inside.temporaryBytes), '--tmpfs', '/tmp'],
    ...inside.readable.flatMap((path) => ['--ro-bind', path, path]),
    ...['--bind', inside.folder, inside.folder, '--chdir', inside.folder],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--', '/bin/sh', '-c', shell],
  ];
  return { file: bwrap, args, env: {}, folder: inside.folder };
}

function systemFolder(path: string): string[] {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

/** The path of a bubblewrap that works here, or why there is none and what to do about it. */
export function findBubblewrap(path: string): { readonly bwrap: string } | { readonly missing: string } {
  if (process.platform !== 'linux')
    return { missing: 'bubblewrap isolates on Linux only: use Linux, or deploy to AWS' };
  const bwrap = path
    .split(':')
    .map((folder) => `${folder}/bwrap`)
    .find((candidate) => existsSync(candidate));
  if (bwrap === undefined) return { missing: 'there is no bubblewrap: install the package bubblewrap' };
  const { file, args } = inBubblewrap(bwrap, 'exit 0', {
    folder: '/tmp',
    readable: [],
    network: false,
    variables: {},
    temporaryBytes: 2 ** 20,
  });
  const tried = spawnSync(file, args, { encoding: 'utf8', env: {}, timeout: 10_000 });
  if (tried.status === 0) return { bwrap };
  const said = (tried.stderr ?? '').trim().split('\n')[0] ?? '';
  return { missing: `bubblewrap cannot isolate here (${said}): allow unprivileged user namespaces` };
}
