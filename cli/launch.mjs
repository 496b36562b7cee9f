#!/usr/bin/env node
// The door: plain JavaScript that runs on Node 20, installs what is missing (saying what), then starts the rest on Node 24.
// Usage: launch.mjs start|test|verify|ideamine [args…]. It must not import anything from node_modules.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(root, 'node_modules', '.installed-lock');
/** Measured on Linux x64 with `du -sh node_modules` after a fresh `npm ci`. */
const DISK = 'about 780 MB on disk';

const commands = {
  start: (args) => [join(root, 'cli', 'main.ts'), 'start', ...args],
  ideamine: (args) => [join(root, 'cli', 'main.ts'), ...args],
  test: (args) => ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js'), ...args],
  verify: (args) => [join(root, '.ci', 'verify.ts'), ...args],
  script: ([file, ...args]) => [join(root, file), ...args],
};

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  return existsSync(node24) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash();
}

/** Runs npm with its words on standard error, so that `--json` output stays clean; or keeps them back. */
function npm(args, quiet) {
  const cli = process.env.npm_execpath;
  const env = { ...process.env, npm_config_ignore_scripts: 'false' };
  const options = { cwd: root, stdio: ['ignore', quiet ? 'ignore' : 2, quiet ? 'ignore' : 2], env };
  const windows = process.platform === 'win32';
  const run = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
  return run.status === 0;
}

function install() {
  const packages = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).length - 1;
  process.stderr.write(
    `IdeaMine: installing about ${packages} packages into node_modules (${DISK}), Node 24 among them…\n`,
  );
  const silent = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Some registries lack builds for other platforms, which `npm ci` refuses; `install --no-save` takes what is there.
  if (!npm(['ci', ...silent], true) && !npm(['install', '--no-save', ...silent], false)) {
    process.stderr.write('IdeaMine: npm could not install the packages; its reason stands above.\n');
    process.exit(2);
  }
  if (!existsSync(node24)) {
    process.stderr.write(`IdeaMine: npm left no Node 24 at ${node24}; run \`npm rebuild node\` and try again.\n`);
    process.exit(2);
  }
  writeFileSync(stamp, lockHash());
}

const [name = 'ideamine', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) {
  process.stderr.write(`launch: no command '${name}'; expected one of ${Object.keys(commands).join(', ')}\n`);
  process.exit(2);
}
if (!installed()) install();

// A test runner gets no channel: jest would take it for its own.
const watched = name !== 'test';
const child = spawn(node24, command(args), {
  stdio: watched ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  env: {
    ...process.env,
    // Compiled sources are kept, which halves the start of every command.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled'),
    PATH: `${dirname(node24)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

// A killed parent leaves orphans that would go on holding the store: when npm is gone, so are we, and the child ends
// itself when its channel to us closes.
if (watched && process.env.npm_lifecycle_event) {
  const npmPid = npmAbove();
  setInterval(() => isAlive(npmPid) || process.kill(process.pid, 'SIGKILL'), 100).unref();
}

/** npm runs a script through a shell, which may or may not have given its place to us. */
function npmAbove() {
  const shell = /^(ba|da|z|k)?sh$/;
  const [name, parent] = processAbout(process.ppid) ?? [];
  return name !== undefined && shell.test(name) ? parent : process.ppid;
}

/** Name and parent of a process, where the system tells. */
function processAbout(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return [name, Number(parent)];
  } catch {
    const said = spawnSync('ps', ['-o', 'comm=,ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
    const [, path, parent] = /^(.*?)\s+(\d+)\s*$/s.exec(said) ?? [];
    return path === undefined ? undefined : [path.split('/').at(-1), Number(parent)];
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

child.on('exit', (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
