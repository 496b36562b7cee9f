// Whether builds can be carried out on this machine, and in which sandbox.

import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { findBubblewrap } from './bubblewrap.ts';
import type { Builder } from './builder.ts';
import { type ChildBuilderOptions, createChildBuilder, type Sandbox } from './child-builder.ts';

export interface BuilderHere {
  readonly sources: ChildBuilderOptions['sources'];
  /** Variables of every build. */
  readonly variables: Readonly<Record<string, string>>;
  /** PATH to look for programs on. */
  readonly path: string;
  /** The author of the code that builds run is trusted: where nothing can isolate it, it runs without. */
  readonly trusted: boolean;
}

export function builderHere({ sources, variables, path, trusted }: BuilderHere): Builder {
  const found = findBubblewrap(path);
  if ('missing' in found && !trusted) return refusing(found.missing);
  const sandbox: Sandbox = 'bwrap' in found ? { kind: 'bubblewrap', bwrap: found.bwrap } : { kind: 'bare' };
  const runtime = dirname(process.execPath);
  return createChildBuilder({
    sandbox,
    sources,
    variables,
    readable: runtime.startsWith('/usr/') ? [] : [runtime],
    path: [runtime, '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    atOnce: Math.max(1, availableParallelism() - 1),
  });
}

/** Code that cannot be isolated is not run. */
function refusing(why: string): Builder {
  return {
    atOnce: 1,
    run: async () => ({
      status: 'FAILED',
      phaseType: 'PROVISIONING',
      message: `no sandbox to run code in: ${why}`,
      artifacts: [],
    }),
  };
}
