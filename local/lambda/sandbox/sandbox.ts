// Puts one environment's globals together and loads its bundle with them.

import { join } from 'node:path';
import type { SandboxGlobals } from '../bundle.ts';
import { sandboxConsole } from './console.ts';
import { sandboxCrypto } from './crypto.ts';
import { sandboxDate } from './date.ts';
import { refused, type SandboxHost } from './host.ts';
import { loadModule, replacedModules } from './modules.ts';
import { sandboxProcess } from './process.ts';
import { sandboxTimers } from './timers.ts';

export type Handler = (event: unknown, context: object) => unknown;

/** Loads `<file>.<export>` such as `index.handler`. Throws what the bundle throws, or an Error named as Lambda names it. */
export function loadHandler(handlerName: string, host: SandboxHost): Handler {
  const dot = handlerName.lastIndexOf('.');
  const [file, member] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const exported = loadModule(locate(host.codePath, file), createParts(host)) as Record<string, unknown> | undefined;
  const handler = exported?.[member];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${handlerName} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  }
  if (handler.length >= 3) {
    const error = new Error(
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.',
    );
    throw Object.assign(error, { name: 'Runtime.CallbackHandlerDeprecated' });
  }
  return handler as Handler;
}

function locate(codePath: string, file: string): string {
  return join(codePath, /\.c?js$/.test(file) ? file : `${file}.js`);
}

function createParts(host: SandboxHost) {
  const timers = sandboxTimers(host);
  const crypto = sandboxCrypto(host);
  const console = sandboxConsole(host);
  const process = sandboxProcess(host);
  const started = host.now();
  const performance = host.virtual
    ? {
        now: () => host.now() - started,
        timeOrigin: started,
        mark: () => ({}),
        measure: () => ({}),
        toJSON: () => ({}),
      }
    : globalThis.performance;
  const own: Record<string, unknown> = {
    process,
    ...timers.globals,
    console,
    performance,
    crypto: crypto.global,
    Date: host.virtual ? sandboxDate(() => host.now()) : Date,
    Math: host.virtual ? Object.create(Math, { random: { value: () => host.random.next() } }) : Math,
    fetch: host.virtual ? () => Promise.reject(refused('fetch')) : globalThis.fetch,
    AbortSignal: abortSignalOf(timers.globals.setTimeout as typeof setTimeout),
    CompressionStream: streamOf(host, 'CompressionStream'),
    DecompressionStream: streamOf(host, 'DecompressionStream'),
  };
  const sandboxGlobal = Object.create(globalThis, Object.getOwnPropertyDescriptors(own)) as Record<string, unknown>;
  for (const name of ['globalThis', 'global']) {
    Object.defineProperty(sandboxGlobal, name, { value: sandboxGlobal, writable: true, configurable: true });
    own[name] = sandboxGlobal;
  }
  const globals = own as SandboxGlobals;
  const replaced = replacedModules({ host, console, process, performance, timers, crypto: crypto.module });
  return { host, globals, replaced };
}

/** They work on Node's thread pool, behind the back of virtual time; libraries that test for them take their own code then. */
function streamOf(host: SandboxHost, name: 'CompressionStream' | 'DecompressionStream'): unknown {
  if (!host.virtual) return globalThis[name];
  return class {
    constructor() {
      throw refused(name);
    }
  };
}

/** `AbortSignal` whose `timeout` counts on the world's clock. */
function abortSignalOf(setTimer: typeof setTimeout): typeof AbortSignal {
  const timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    setTimer(() => controller.abort(reason), ms);
    return controller.signal;
  };
  return new Proxy(AbortSignal, {
    get: (target, name, receiver) => (name === 'timeout' ? timeout : Reflect.get(target, name, receiver)),
  });
}
