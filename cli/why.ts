// Why a run is where it is: what each unfinished or failed piece of it waits for or died of, and which error began it. Read
// from the rows of the run alone, so that it says the same of a run on AWS, on this machine, and long after its end.

import { gateReasons } from './why/gate-reasons.ts';
import { phasePieces } from './why/phases.ts';
import type { Began, Piece, Standing } from './why/piece.ts';
import { taskPieces } from './why/tasks.ts';

export interface Why {
  readonly runId: string;
  readonly status: string;
  /** One sentence. */
  readonly summary: string;
  /** The first error that a failed or unfinished piece goes back to; null when nothing went wrong. */
  readonly began: Began | null;
  readonly pieces: readonly Piece[];
}

/** @param now epoch ms. */
export function explainRun(standing: Standing, now: number): Why {
  const pieces = [...phasePieces(standing, now), ...taskPieces(standing, now)];
  const { run } = standing;
  return {
    runId: run.runId,
    status: run.status,
    summary: summaryOf(standing, pieces),
    began: beganWith(standing),
    pieces,
  };
}

/** Of what ended badly: the earliest task failure behind it, else the gate that failed, else what stopped the run. */
function beganWith(standing: Standing): Began | null {
  const { run, tasks, phases } = standing;
  const lost = tasks.filter(({ status }) => status === 'set-aside');
  const open = run.status === 'RUNNING' ? tasks.filter(({ status }) => status !== 'committed') : [];
  const failures = [...lost, ...open].flatMap((task) =>
    task.failures.map(({ at, code, cause }) => ({ at, code, cause, piece: `task ${task.agent} of ${task.phase}` })),
  );
  const gates = phases
    .filter(({ status }) => status === 'failed' || status === 'waiting')
    .flatMap((phase) => gateReasons(standing, phase));
  const first = [...failures, ...gates].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0];
  if (first !== undefined) return first;
  if (run.status !== 'FAILED') return null;
  return {
    at: run.endedAt ?? '',
    piece: 'the run',
    code: 'IdeaMine.RunFailed',
    cause: run.cause ?? 'no cause is on record',
  };
}

function summaryOf({ run }: Standing, pieces: readonly Piece[]): string {
  if (run.status === 'SUCCEEDED') return run.cause ?? 'every phase was handed on';
  if (run.status === 'FAILED') return `it ended without a release: ${run.cause ?? 'no cause is on record'}`;
  const waiting = pieces.filter(({ state }) => state === 'waits for a person');
  if (waiting.length > 0) return `it waits for a person: ${waiting.map(({ piece }) => piece).join(', ')}`;
  const working = pieces.filter(({ state }) => state === 'is worked on').length;
  return working > 0 ? `${working} of its tasks are being worked on` : 'nothing is being worked on at this moment';
}
