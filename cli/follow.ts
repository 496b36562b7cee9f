// Watches a run until nothing of it is left to do: its execution has ended, its row says so, and the last event is numbered.

import { readEvents } from '../store/events.ts';
import { declineWaiting } from './decline.ts';
import type { LocalStage } from './local-stage.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { type ExecutionState, executionState } from './stage.ts';

export interface Followed {
  readonly execution: ExecutionState;
  /** Undefined when the run never opened. */
  readonly snapshot: Snapshot | undefined;
}

export interface FollowOptions {
  readonly runId: string;
  readonly executionArn: string;
  /** Between two looks, ms of the world's clock. */
  readonly everyMs: number;
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}

const ENDED = new Set(['run.completed', 'run.failed', 'run.stopped']);

export async function follow(stage: LocalStage, options: FollowOptions): Promise<Followed> {
  for (;;) {
    const execution = await executionState(stage, options.executionArn);
    const snapshot = await readSnapshot(stage, options.runId);
    if (snapshot !== undefined) {
      options.onSnapshot?.(snapshot);
      await declineWaiting(stage, snapshot);
    }
    if (execution.status !== 'RUNNING') {
      if (snapshot === undefined) return { execution, snapshot };
      if (snapshot.run.status !== 'RUNNING' && (await endIsNumbered(stage, options.runId)))
        return { execution, snapshot };
    }
    await stage.world.run(() => false, { deadline: stage.world.fabric.clock.now() + options.everyMs });
  }
}

async function endIsNumbered(stage: LocalStage, runId: string): Promise<boolean> {
  const events = await readEvents(stage.table, runId);
  const last = events.at(-1);
  return last !== undefined && ENDED.has(last.type);
}
