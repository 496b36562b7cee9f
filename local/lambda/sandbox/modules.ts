// `require` for a handler: the SDK bound to the world, Node's modules with time, randomness and files replaced, files of the bundle's
// own folder. What would touch the real world is refused in virtual time; what Lambda's runtime does not have is not found.

import * as nodeConsole from 'node:console';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as nodeOs from 'node:os';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { isBindable } from '../../sdk/sdk.ts';
import { compileFile, type SandboxGlobals } from '../bundle.ts';
import { sandboxFiles } from './files.ts';
import { refused, type SandboxHost } from './host.ts';

/** Modules that take no real time and touch nothing outside. */
const HARMLESS = new Set(
  (
    'assert assert/strict async_hooks buffer constants diagnostics_channel events module path path/posix path/win32 punycode querystring ' +
    'stream stream/consumers stream/promises stream/web string_decoder url util util/types'
  ).split(' '),
);

const realRequire = createRequire(import.meta.url);

export function loadReal(name: string): Record<string, unknown> {
  return realRequire(name) as Record<string, unknown>;
}

export interface ModuleParts {
  readonly host: SandboxHost;
  readonly globals: SandboxGlobals;
  /** Replacements of Node's modules, by name without `node:`. */
  readonly replaced: Readonly<Record<string, unknown>>;
}

/** Loads `file` and everything it requires from its own folder; returns its exports. */
export function loadModule(file: string, parts: ModuleParts): unknown {
  const loaded = new Map<string, { exports: unknown }>();
  const files = sandboxFiles(parts.host.codePath);
  const load = (path: string): unknown => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    loaded.set(path, module);
    if (extname(path) === '.json') module.exports = JSON.parse(readFileSync(path, 'utf8'));
    else {
      const require = (name: string) => requireFrom(dirname(path), name);
      compileFile(path)(parts.globals, {
        exports: module.exports,
        require,
        module,
        filename: path,
        dirname: dirname(path),
      });
    }
    return module.exports;
  };
  const requireFrom = (folder: string, name: string): unknown => {
    if (name.startsWith('.') || isAbsolute(name))
      return load(resolveFile(resolve(folder, name), name, parts.host.codePath));
    const bare = name.replace(/^node:/, '');
    if (bare === 'fs') return files.fs;
    if (bare === 'fs/promises') return files.promises;
    if (Object.hasOwn(parts.replaced, bare)) return parts.replaced[bare];
    if (Object.hasOwn(parts.host.modules, name)) return parts.host.modules[name];
    if (isBindable(name)) return parts.host.sdk(name);
    if (/^@(aws-sdk|smithy|aws-crypto|aws)\//.test(name)) return loadReal(name);
    if (HARMLESS.has(bare)) return loadReal(`node:${bare}`);
    if (!isBuiltin(bare)) throw notFound(name, folder);
    if (parts.host.virtual) throw refused(`require('${name}')`);
    return loadReal(`node:${bare}`);
  };
  return load(file);
}

/** Replacements that need only the sandbox's own pieces. */
export function replacedModules(pieces: {
  readonly host: SandboxHost;
  readonly console: Console;
  readonly process: object;
  readonly performance: object;
  readonly timers: { readonly globals: object; readonly promises: object };
  readonly crypto: object;
}): Record<string, unknown> {
  const { host } = pieces;
  const replaced: Record<string, unknown> = {
    console: { ...nodeConsole, ...pieces.console, Console: nodeConsole.Console, default: pieces.console },
    crypto: pieces.crypto,
    process: pieces.process,
    timers: { ...pieces.timers.globals, promises: pieces.timers.promises },
    'timers/promises': pieces.timers.promises,
  };
  if (!host.virtual) return replaced;
  replaced.perf_hooks = { performance: pieces.performance };
  replaced.os = {
    EOL: nodeOs.EOL,
    constants: nodeOs.constants,
    platform: () => 'linux',
    type: () => 'Linux',
    arch: () => 'arm64',
    hostname: () => 'localhost',
    tmpdir: () => '/tmp',
    homedir: () => '/home/sbx_user1051',
    release: () => '0',
    cpus: () => [],
    totalmem: () => host.memoryMb * 2 ** 20,
    freemem: () => host.memoryMb * 2 ** 19,
    availableParallelism: () => 2,
    userInfo: () => ({ username: 'sbx_user1051', uid: 993, gid: 990, shell: null, homedir: '/home/sbx_user1051' }),
  };
  replaced.zlib = synchronousZlib();
  return replaced;
}

function synchronousZlib(): object {
  const real = loadReal('node:zlib');
  const offered = Object.entries(real).filter(
    ([name]) => name.endsWith('Sync') || name === 'constants' || name === 'crc32',
  );
  return new Proxy(Object.fromEntries(offered), {
    get: (target, name, receiver) => {
      if (typeof name === 'symbol' || name in target || name === 'default' || name === '__esModule') {
        return Reflect.get(target, name, receiver);
      }
      throw refused(`zlib.${name}`);
    },
  });
}

function isBuiltin(name: string): boolean {
  const { isBuiltin: check } = realRequire('node:module') as { isBuiltin(name: string): boolean };
  return check(name) || check(`node:${name}`);
}

function resolveFile(path: string, name: string, codePath: string): string {
  for (const candidate of [path, `${path}.js`, `${path}.cjs`, `${path}.json`, join(path, 'index.js')]) {
    try {
      readFileSync(candidate);
    } catch {
      continue;
    }
    return candidate;
  }
  throw notFound(name, codePath);
}

function notFound(name: string, folder: string): Error {
  return Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- ${folder}`), {
    code: 'MODULE_NOT_FOUND',
  });
}
