// The jsonata package with its evaluator made synchronous: a turn of the engine never waits, and one seed gives one history.
// The package's own source is used, with `async` and `await` taken out; a property test holds both to the same answers.
// Its clock and randomness are those of the execution (see `ambient`).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';

// biome-ignore lint/suspicious/noExplicitAny: JSONata's values and its tree are untyped in the package too
export type Untyped = any;

export interface SyncExpression {
  evaluate(input: unknown, bindings?: Record<string, unknown>): Untyped;
  registerFunction(name: string, implementation: (...args: Untyped[]) => unknown, signature?: string): void;
  ast(): Untyped;
}

interface JsonataOptions {
  readonly stack?: number;
  readonly sequence?: number;
  readonly RegexEngine?: unknown;
}

type SyncJsonata = (expression: string, options?: JsonataOptions) => SyncExpression;

/** What $now, $millis, $random and $shuffle read; set before each evaluation. */
export const ambient = { now: (): number => 0, random: (): number => 0 };

function load(): SyncJsonata {
  const require = createRequire(import.meta.url);
  const source = readFileSync(require.resolve('jsonata'), 'utf8')
    .replace(/\basync\s+(?=function\b|\()/g, '')
    .replace(/\bawait\s+/g, '')
    .replace(/\bPromise\.all\(/g, '(')
    // Ranges are counted by their length: they are made in one step.
    .replace('result = new Array(size);', 'environment.base.options?.allocate(size);\n$&');
  const RealDate = Date;
  const ClockDate = new Proxy(RealDate, {
    construct: (target, args) => (args.length === 0 ? new target(ambient.now()) : Reflect.construct(target, args)),
    get: (target, key) => (key === 'now' ? () => ambient.now() : Reflect.get(target, key)),
  });
  const EngineMath = Object.create(Math, { random: { value: () => ambient.random() } });
  const module = { exports: {} as unknown };
  compileFunction(source, ['module', 'exports', 'Date', 'Math'])(module, module.exports, ClockDate, EngineMath);
  return module.exports as SyncJsonata;
}

export const jsonata: SyncJsonata = load();
