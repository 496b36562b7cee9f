// What a hosted provider needs beside its tier: given by the composition root, never read from the environment here.

import type { Prompts } from '../prompt.ts';

export interface HostedSettings {
  readonly prompts: Prompts;
  /** Epoch ms. */
  readonly now: () => number;
  /** A key or an address by the name of its variable; undefined when it is not set. */
  readonly setting: (name: string) => string | undefined;
  /** Longest silence of an answer that has begun or is awaited, ms. */
  readonly silenceMs: number;
}
