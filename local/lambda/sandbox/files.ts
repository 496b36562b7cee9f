// node:fs for a handler: reading inside the function's own folder, which on AWS is /var/task. Everything else is refused by name.
// The promised forms answer at once, so they take no real time.

import * as fs from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const READERS = [
  'readFileSync',
  'existsSync',
  'statSync',
  'lstatSync',
  'readdirSync',
  'accessSync',
  'realpathSync',
] as const;

export function sandboxFiles(codePath: string): { readonly fs: object; readonly promises: object } {
  const root = resolve(codePath);
  const inside = (path: unknown): string => {
    const text = path instanceof URL ? fileURLToPath(path) : String(path);
    const absolute = resolve(root, text);
    if (absolute === root || absolute.startsWith(root + sep)) return absolute;
    const error = new Error(`EACCES: permission denied, a function reads files in its own folder only: '${text}'`);
    throw Object.assign(error, { code: 'EACCES', errno: -13, path: text });
  };
  const sync: Record<string, unknown> = { constants: fs.constants };
  const promises: Record<string, unknown> = { constants: fs.constants };
  for (const name of READERS) {
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the names are listed above
    const read = fs[name] as (path: string, ...others: unknown[]) => unknown;
    const checked = (path: unknown, ...others: unknown[]) => read(inside(path), ...others);
    sync[name] = name === 'existsSync' ? (path: unknown) => isThere(inside, path) : checked;
    if (name === 'existsSync') continue;
    const asyncName = name.slice(0, -'Sync'.length);
    promises[asyncName] = async (path: unknown, ...others: unknown[]) => checked(path, ...others);
    sync[asyncName] = (path: unknown, ...others: unknown[]) => {
      const callback = others.pop() as (error: unknown, value?: unknown) => void;
      queueMicrotask(() => {
        let value: unknown;
        try {
          value = checked(path, ...others);
        } catch (error) {
          callback(error);
          return;
        }
        callback(null, value);
      });
    };
  }
  sync.promises = refusing(promises, 'fs.promises');
  sync.default = refusing(sync, 'fs');
  return { fs: sync.default as object, promises: sync.promises as object };
}

function isThere(inside: (path: unknown) => string, path: unknown): boolean {
  try {
    return fs.existsSync(inside(path));
  } catch {
    return false;
  }
}

function refusing(offered: Record<string, unknown>, label: string): object {
  return new Proxy(offered, {
    get: (target, name, receiver) => {
      if (typeof name === 'symbol' || name in target || name === 'then' || name === '__esModule') {
        return Reflect.get(target, name, receiver);
      }
      return () => {
        const error = new Error(
          `EACCES: ${label}.${name} is not offered: a function reads files in its own folder only`,
        );
        throw Object.assign(error, { code: 'EACCES', errno: -13 });
      };
    },
  });
}
