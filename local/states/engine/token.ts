// Task tokens name their execution, strand and attempt, so that a late one can be told from one never given.

import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';

export function makeToken(engine: Engine, execution: Execution, strand: Strand, event: number): string {
  const secret = engine.fabric.random.token(24);
  return Buffer.from(`${execution.id}.${strand.id}.${event}.${secret}`).toString('base64url');
}

export interface TokenParts {
  readonly execution: number;
  readonly strand: number;
  readonly event: number;
}

export function readToken(token: string): TokenParts | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.[\w-]+$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (!parts) return undefined;
  return { execution: Number(parts[1]), strand: Number(parts[2]), event: Number(parts[3]) };
}
