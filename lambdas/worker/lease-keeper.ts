// Keeps a lease while its task is worked on: a beat into the row and to Step Functions every minute, and one queue for
// every write under the lease, so that a worker never conflicts with itself. When the lease or the token is gone, or the
// invocation's time is over, its signal is aborted with the reason.

import { sha256 } from '../../core/json.ts';
import { BEAT_MS } from '../../core/resilience/heartbeat.ts';
import type { ProgressWatch } from '../../core/resilience/progress-watch.ts';
import type { Table } from '../../store/table.ts';
import { beat, type Lease } from '../../store/task-lease.ts';
import type { Heard, Tokens } from '../clients/sfn.ts';
import { Stopped, type StopReason } from './stop.ts';
import type { Timers } from './timers.ts';

/** Beats of the row for one to Step Functions while that throttles: a state waits many minutes for one, the sweep three. */
const MOST_ROW_BEATS = 4;

/** A beat comes up to a tenth earlier, so that workers do not beat in step. */
const JITTER = 0.1;

export interface KeeperDeps {
  readonly table: Table;
  readonly tokens: Tokens;
  readonly timers: Timers;
  readonly now: () => string;
  /** Sees whether the task gets on. */
  readonly watch: ProgressWatch;
}

export interface Keeper {
  readonly lease: Lease;
  readonly signal: AbortSignal;
  /** Runs a write under the lease after those before it. @throws Stopped when the worker has stopped. */
  write<T>(work: () => Promise<T>): Promise<T>;
  /** Share of the work done, for the next beat. */
  progress(fraction: number): void;
  /** What the agent is seen to do. */
  readonly watch: Pick<ProgressWatch, 'during'>;
  stop(reason: StopReason): void;
  /** Ends the beats and waits for the write that is under way; nothing is written under the lease afterwards. */
  close(): Promise<void>;
}

export function keepLease(deps: KeeperDeps, lease: Lease, token: string): Keeper {
  const controller = new AbortController();
  let tail: Promise<unknown> = Promise.resolve();
  let fraction: number | null = null;
  let beats = 0;
  let toldAt = 0;
  let rowBeats = 1;
  let cancel = (): void => undefined;

  const stop = (reason: StopReason): void => {
    cancel();
    if (!controller.signal.aborted) controller.abort(new Stopped(reason));
  };
  const write = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = tail.then(() => {
      controller.signal.throwIfAborted();
      return work();
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
  const tellStates = async (): Promise<Heard> => {
    if (beats - toldAt < rowBeats) return 'heard';
    toldAt = beats;
    const heard = await deps.tokens.beat(token);
    rowBeats = heard === 'busy' ? Math.min(MOST_ROW_BEATS, rowBeats * 2) : 1;
    return heard;
  };
  const beatOnce = async (): Promise<void> => {
    try {
      const held = await write(() => beat(deps.table, lease, deps.now(), fraction));
      if (!held || (await tellStates()) === 'gone') stop('lost');
      else if (deps.watch.beat()) stop('plateau');
    } catch {
      // A beat that could not be written is missed, not fatal: three in a row make the claim stale, and the sweep acts.
    }
    if (!controller.signal.aborted) arm();
  };
  const arm = (): void => {
    beats += 1;
    cancel = deps.timers.after(beatDelay(lease, beats), () => void beatOnce());
  };
  arm();
  return {
    lease,
    signal: controller.signal,
    write,
    watch: deps.watch,
    progress: (next) => {
      fraction = next;
      deps.watch.report(next);
    },
    stop,
    async close() {
      cancel();
      if (!controller.signal.aborted) controller.abort(new Stopped('lost'));
      await tail;
    },
  };
}

/** The same for the same beat of the same claim: a rehearsal repeats itself. */
function beatDelay(lease: Lease, n: number): number {
  const { runId, phase, attempt, round, wave, task } = lease.name;
  const seed = sha256(`${runId}/${phase}/${attempt}/${round}/${wave}/${task}/${lease.epoch}/${n}`).slice(0, 8);
  return Math.round(BEAT_MS * (1 - JITTER * (Number.parseInt(seed, 16) / 0xffffffff)));
}
