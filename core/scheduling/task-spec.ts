// What the scheduler hands out: the tasks of a wave. A wave is a set of tasks that may run side by side.

/** The part [start, end) of the list `over` that is one task's; `over` is `Artifact.path` as the pipeline states it. */
export interface TaskShard {
  /** From 0. */
  readonly index: number;
  /** Shards of this list in the wave. */
  readonly count: number;
  readonly over: string;
  readonly start: number;
  readonly end: number;
}

export interface TaskSpec {
  /** Unique in its wave, the same for the same plan: the agent's id, with the shard's number when there are several. */
  readonly id: string;
  readonly agent: string;
  readonly tier: string;
  readonly tools: readonly string[];
  readonly shard: TaskShard | null;
}

export interface Wave {
  /** From 1. */
  readonly wave: number;
  /** Tasks that may run at once, 1 or more. */
  readonly concurrency: number;
  readonly tasks: readonly TaskSpec[];
}
