// Watches a run until nothing of it is left to do: its execution has ended, its row says so, the last event is numbered, the
// dossier is published and the ledger is sealed.

import { readEvents } from '../store/events.ts';
import { lastEntry } from '../store/ledger.ts';
import { getSeal, lastSeal } from '../store/seals.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { type ExecutionState, executionState, type Stage } from './stage.ts';
import { type Answering, settleWaiting } from './waiting.ts';

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
  /** Whether a gate that waits for a person is this command's to settle, since the run ends with it. */
  readonly declines: boolean;
  /** How people answer while it runs; absent: nobody can. */
  readonly answering?: Answering;
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}

const ENDED = new Set(['run.completed', 'run.failed', 'run.stopped', 'run.published']);

/** A run that cannot be published or sealed has ended all the same; `ledger verify` says what is not sealed. */
const SEAL_PATIENCE_MS = 60_000;

export async function follow(stage: Stage, options: FollowOptions): Promise<Followed> {
  let endedAt: number | undefined;
  for (;;) {
    const execution = await executionState(stage, options.executionArn);
    const snapshot = await readSnapshot(stage, options.runId);
    if (snapshot !== undefined) {
      options.onSnapshot?.(snapshot);
      if (options.declines) await settleWaiting(stage, snapshot, options.answering);
    }
    if (execution.status !== 'RUNNING') {
      if (snapshot === undefined) return { execution, snapshot };
      if (snapshot.run.status !== 'RUNNING' && (await endIsNumbered(stage, options.runId))) {
        endedAt ??= stage.now();
        const patient = stage.now() - endedAt < SEAL_PATIENCE_MS;
        const whole = isPublished(stage, snapshot) && (await endIsSealed(stage, options.runId));
        if (whole || !patient) return { execution, snapshot };
      }
    }
    await stage.pause(options.everyMs);
  }
}

async function endIsNumbered(stage: Stage, runId: string): Promise<boolean> {
  const events = await readEvents(stage.table, runId);
  const last = events.at(-1);
  return last !== undefined && ENDED.has(last.type);
}

function isPublished({ outputs }: Stage, { run }: Snapshot): boolean {
  return (
    outputs.PublishingState !== 'on' || (run.dossier !== undefined && run.published?.dossier === run.dossier.sha256)
  );
}

async function endIsSealed(stage: Stage, runId: string): Promise<boolean> {
  const last = await lastEntry(stage.ledger, runId);
  const seal = await lastSeal(stage.table, runId);
  if (last === undefined || seal === undefined || seal.segment.to < last.seq) return false;
  return (await getSeal(stage.sealed, runId, seal.number)) !== undefined;
}
