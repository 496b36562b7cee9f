// The name of a piece of work: a retry of the same work has the same key, a new gate attempt has another.

import { hashOf } from '../json.ts';
import type { TaskShard } from './task-spec.ts';

/** Version of the message between machines and workers. Changing it makes all work new work. */
export const CONTRACT_VERSION = 1;

export interface Work {
  readonly runId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly round: number;
  readonly agent: string;
  readonly shard: TaskShard | null;
  /** SHA-256 of each input by its name. */
  readonly input: Readonly<Record<string, string>>;
  readonly contractVersion: number;
}

/** SHA-256, hex, over the canonical JSON of exactly the fields of `Work`. */
export function idempotencyKey(work: Work): string {
  const { runId, phase, attempt, round, agent, shard, input, contractVersion } = work;
  return hashOf({ runId, phase, attempt, round, agent, shard, input, contractVersion });
}
