// The supervisor's decision on a task, from its whole history: another try and what it does otherwise, or the end.

import type { RetryCeiling } from '../../core/pipeline/model.ts';
import {
  type Levers,
  smallerBatch,
  type Tactic,
  tacticAfter,
  tacticAfterStall,
} from '../../core/resilience/tactics.ts';
import { nextMove } from '../../core/retry/next-move.ts';
import type { TaskFailure, TaskRow } from '../../store/task-row.ts';
import { PLATEAU } from '../worker/plateau.ts';

/** A worker that is known to be dead says nothing about its task: it is handed out again at once, up to this often. */
export const WORKER_LOST = 'IdeaMine.WorkerLost';
const MOST_LOSSES = 20;
const STALLED = 'IdeaMine.Stalled';

export interface Again {
  readonly next: 'retry';
  readonly delaySeconds: number;
  readonly strict: boolean;
  /** What changes, in a word; `retry` when nothing does. */
  readonly how: string;
  readonly batchSize: number | null;
  readonly rung: number | null;
  /** Why, for people. */
  readonly because: string;
}

export type Move = Again | { readonly next: 'failed'; readonly reason: string };

export interface Situation {
  readonly row: TaskRow;
  readonly failures: readonly TaskFailure[];
  readonly ceiling: RetryCeiling;
  readonly levers: Levers;
  /** Steps the task has finished so far. */
  readonly finishedSteps: number;
  /** 0 to 1. */
  readonly random: number;
}

export function moveFor(situation: Situation): Move {
  const { row, failures, ceiling } = situation;
  const counted = failures.slice(row.pardoned);
  const same = { strict: row.strict, batchSize: null, rung: null };
  if (counted.at(-1)?.code === WORKER_LOST) {
    const losses = counted.filter(({ code }) => code === WORKER_LOST).length;
    if (losses > MOST_LOSSES) return { next: 'failed', reason: `its worker was lost ${losses} times` };
    return {
      ...same,
      next: 'retry',
      delaySeconds: 0,
      how: 'again',
      because: 'its worker is gone; the task did nothing wrong',
    };
  }
  const codes = counted.map(({ code }) => code).filter((code) => code !== WORKER_LOST);
  const retryAfterMs = counted.at(-1)?.retryAfterMs;
  const { rungsLeft } = situation.levers;
  const move = nextMove({ codes, ceiling, random: situation.random, retryAfterMs, rungsLeft });
  if (move.move === 'fail') return { next: 'failed', reason: move.reason };
  const plain: Again = {
    ...same,
    next: 'retry',
    delaySeconds: Math.ceil(move.delayMs / 1000),
    how: 'retry',
    because: `${codes.at(-1)} is ${move.class}: try ${codes.length + 1} of at most ${ceiling.attempts}`,
  };
  if (move.move === 'next-rung') return changed(plain, 'alternate-model', situation);
  if (move.move === 'stricter' || move.class === 'hallucination') return changed(plain, 'stricter-prompt', situation);
  const tactic = tacticFor(codes, situation);
  return tactic === null ? plain : changed(plain, tactic, situation);
}

function tacticFor(codes: readonly string[], { levers, finishedSteps }: Situation): Tactic | null {
  const last = codes.at(-1);
  if (last === STALLED) return tacticAfterStall(levers, finishedSteps);
  return last === PLATEAU ? tacticAfter(codes.filter((code) => code === PLATEAU).length, levers) : null;
}

function changed(plain: Again, tactic: Tactic, { row, levers }: Situation): Again {
  if (tactic === 'smaller-batch') return { ...plain, how: tactic, batchSize: smallerBatch(levers.batch ?? 1) };
  if (tactic === 'alternate-model') return { ...plain, how: tactic, rung: (row.rung ?? 0) + 1 };
  return row.strict ? plain : { ...plain, how: 'stricter', strict: true };
}
