#!/usr/bin/env node
// The published command. Plain JavaScript that runs on Node 20: `init` at once, everything else on the Node 24 that came with
// the package, with the agents of the project in the current folder in their place.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { init } from './init.mjs';

const folder = dirname(fileURLToPath(import.meta.url));

function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const windows = process.platform === 'win32';
  const manifest = createRequire(import.meta.url).resolve('node/package.json');
  return join(dirname(manifest), 'bin', windows ? 'node.exe' : 'node');
}

/** The module a project names in its package.json as `ideamine.agents`. */
function ownAgents() {
  if (!existsSync('package.json')) return undefined;
  const { ideamine } = JSON.parse(readFileSync('package.json', 'utf8'));
  return ideamine?.agents === undefined ? undefined : resolve(ideamine.agents);
}

const [command, ...args] = process.argv.slice(2);
if (command === 'init') {
  process.exitCode = init(args[0] ?? '.');
} else {
  const hook = pathToFileURL(join(folder, 'own-agents-hook.mjs')).href;
  const agents = ownAgents();
  const child = spawn(node24(), ['--import', hook, join(folder, '..', 'cli', 'main.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...(agents === undefined ? {} : { IDEAMINE_AGENTS: agents }) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}
