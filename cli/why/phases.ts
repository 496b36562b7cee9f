// Every phase that was not handed on: what it waits for, or what it ended of.

import type { Phase } from '../../core/pipeline/model.ts';
import type { PhaseRow } from '../../store/phases.ts';
import { ago, type Piece, type Standing } from './piece.ts';

export function phasePieces(standing: Standing, now: number): Piece[] {
  return standing.pipeline.phases.flatMap((phase) => {
    const row = standing.phases.find((one) => one.phase === phase.id);
    if (row?.status === 'handed-on') return [];
    return [
      {
        piece: `phase ${phase.id}`,
        ...(row === undefined ? notBegun(standing, phase) : begun(standing, phase, row, now)),
      },
    ];
  });
}

type Said = Omit<Piece, 'piece'>;

/** Names the phases before it that are not handed on, and what became of them. */
function notBegun({ pipeline, phases, run }: Standing, phase: Phase): Said {
  const before = pipeline.phases.filter(({ makes }) => makes.some((type) => phase.needs.includes(type)));
  const open = before.filter(({ id }) => phases.find((row) => row.phase === id)?.status !== 'handed-on');
  const named = open.map(({ id }) => {
    const status = phases.find((row) => row.phase === id)?.status;
    return status === 'failed' ? `${id}, which failed` : status === undefined ? `${id}, which has not begun` : id;
  });
  if (run.status === 'RUNNING' && !open.some(({ id }) => phases.find((row) => row.phase === id)?.status === 'failed')) {
    const because =
      named.length > 0 ? `it needs ${named.join(' and ')}` : 'its turn has not come in the order of the phases';
    return { state: 'waits for its turn', because };
  }
  return {
    state: 'was not reached',
    because: named.length > 0 ? `it needs ${named.join(' and ')}` : 'the run ended before its turn',
  };
}

function begun(standing: Standing, phase: Phase, row: PhaseRow, now: number): Said {
  if (row.status === 'failed') {
    return { state: 'failed', since: row.endedAt, because: row.reason ?? 'no reason is on record' };
  }
  if (row.status === 'waiting') {
    const reasons = standing.attempts.find(
      ({ phase: id, attempt }) => id === row.phase && attempt === row.attempt,
    )?.reasons;
    return {
      state: 'waits for a person',
      since: row.askedAt,
      because: `its gate failed (${(reasons ?? ['no reason is on record']).join('; ')}) and it waits ${ago(row.askedAt, now)} for approve, waive or reject`,
    };
  }
  const open = standing.tasks.filter(
    (task) => task.phase === row.phase && task.attempt === row.attempt && !ended(task.status),
  ).length;
  const what = open > 0 ? `${open} of its tasks are open` : 'its tasks are done; it is put together or judged';
  const because = `attempt ${row.attempt} of ${phase.gate.tries}: ${what}`;
  if (standing.run.status === 'RUNNING') return { state: 'is under way', since: row.startedAt, because };
  return { state: 'did not end', since: row.startedAt, because: `the run ended in the middle of it (${because})` };
}

const ended = (status: string): boolean => status === 'committed' || status === 'set-aside';
