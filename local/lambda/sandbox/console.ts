// A `console` whose lines go to the function's log.

import { format, inspect } from 'node:util';
import type { SandboxHost } from './host.ts';

export function sandboxConsole(host: SandboxHost): Console {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      host.print(level, format(...parts));
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const nothing = () => {};
  const lines = {
    log: at('info'),
    info: at('info'),
    debug: at('debug'),
    warn: at('warn'),
    error: at('error'),
    trace: at('debug'),
    dir: (value: unknown, options?: object) => host.print('info', inspect(value, options)),
    table: at('info'),
    group: at('info'),
    groupCollapsed: at('info'),
    groupEnd: nothing,
    clear: nothing,
    assert: (held: unknown, ...parts: unknown[]) => {
      if (!held) host.print('error', `Assertion failed${parts.length > 0 ? `: ${format(...parts)}` : ''}`);
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      host.print('info', `${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => counts.delete(label),
    time: (label = 'default') => starts.set(label, host.now()),
    timeEnd: (label = 'default') => {
      host.print('info', `${label}: ${host.now() - (starts.get(label) ?? host.now())}ms`);
      starts.delete(label);
    },
    timeLog: (label = 'default') => host.print('info', `${label}: ${host.now() - (starts.get(label) ?? host.now())}ms`),
  };
  return lines as unknown as Console;
}
