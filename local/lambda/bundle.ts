// Compiles a CommonJS file once per process into a function of the globals it may see. Evaluated in this realm (indirect eval), so that
// the language's built-ins are shared with the SDK and with us; see ADR 1.

import { readFileSync, statSync } from 'node:fs';

/** The globals a bundle sees as its own, in the order `CompiledFile` takes them. */
const SANDBOX_GLOBALS = [
  'process',
  'global',
  'globalThis',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'crypto',
  'performance',
  'console',
  'fetch',
  'AbortSignal',
  'CompressionStream',
  'DecompressionStream',
] as const;

export type SandboxGlobals = Readonly<Record<(typeof SANDBOX_GLOBALS)[number], unknown>>;

interface ModuleScope {
  readonly exports: unknown;
  readonly require: (name: string) => unknown;
  readonly module: { exports: unknown };
  readonly filename: string;
  readonly dirname: string;
}

export type CompiledFile = (globals: SandboxGlobals, scope: ModuleScope) => void;

const compiled = new Map<string, { readonly stamp: string; readonly run: CompiledFile }>();

/** @throws SyntaxError of the file; the file system's error when it is not there. */
export function compileFile(file: string): CompiledFile {
  const { size, mtimeMs } = statSync(file);
  const stamp = `${size}/${mtimeMs}`;
  const known = compiled.get(file);
  if (known?.stamp === stamp) return known.run;
  // The inner function has the parameters Node gives a module, so that a bundle may declare the outer names again.
  const source =
    `(function(${SANDBOX_GLOBALS.join(',')}){return function(exports,require,module,__filename,__dirname){` +
    `${readFileSync(file, 'utf8')}\n}})\n//# sourceURL=${file}`;
  // biome-ignore lint/security/noGlobalEval: this is the loader of Lambda bundles
  const evaluate = globalThis.eval as (source: string) => (...globals: unknown[]) => (...scope: unknown[]) => void;
  const wrapper = evaluate(source);
  const run: CompiledFile = (globals, scope) => {
    const body = wrapper(...SANDBOX_GLOBALS.map((name) => globals[name]));
    body.call(scope.exports, scope.exports, scope.require, scope.module, scope.filename, scope.dirname);
  };
  compiled.set(file, { stamp, run });
  return run;
}
