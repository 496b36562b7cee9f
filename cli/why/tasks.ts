// Every task that is not committed: where it is, what it met, and what follows.

import type { TaskRow } from '../../store/task-row.ts';
import { ago, type Piece, type Standing } from './piece.ts';

export function taskPieces({ tasks, phases, run }: Standing, now: number): Piece[] {
  return tasks
    .filter((task) => task.status !== 'committed' && isOfLastAttempt(task, phases))
    .map((task) => ({ piece: `task ${task.task} of ${task.phase}`, ...stateOf(task, now, run.status === 'RUNNING') }));
}

/** What earlier attempts lost was made up for, or led to this one: their phase says so. */
const isOfLastAttempt = (task: TaskRow, phases: Standing['phases']): boolean =>
  phases.some(
    ({ phase, attempt, status }) => phase === task.phase && attempt === task.attempt && status !== 'handed-on',
  ) || task.status === 'set-aside';

type Said = Omit<Piece, 'piece'>;

function stateOf(task: TaskRow, now: number, runs: boolean): Said {
  const last = task.failures.at(-1);
  const met = last === undefined ? '' : `; before that: ${failureText(task)}`;
  const code = last === undefined ? {} : { code: last.code };
  if (task.status === 'set-aside') {
    const then = task.discarded === undefined ? '`ideamine quarantine` shows its history' : 'it was discarded';
    return { state: 'is set aside', since: last?.at, because: `${failureText(task)}; ${then}`, ...code };
  }
  if (!runs) return { state: 'did not end', because: `the run ended while it was ${task.status}${met}`, ...code };
  if (task.status === 'claimed') return { ...worked(task, now, met), ...code };
  if (task.status === 'continuing') {
    return {
      state: 'waits in the queue',
      since: task.heartbeatAt,
      because: `its invocation's time was over; a fresh one goes on from its last step${met}`,
      ...code,
    };
  }
  if (task.status === 'planned' && task.try > 1) {
    return {
      state: 'waits for its next try',
      since: last?.at,
      because: `try ${task.try} after ${task.delaySeconds ?? 0} s${met}`,
      ...code,
    };
  }
  if (task.status === 'planned')
    return {
      state: 'waits in the queue',
      since: task.plannedAt,
      because: `no worker has taken it ${ago(task.plannedAt, now)}`,
    };
  return {
    state: 'waits for its next try',
    since: last?.at,
    because: `${failureText(task)}; the supervisor decides`,
    ...code,
  };
}

function worked(task: TaskRow, now: number, met: string): Said {
  const silentMs = now - Date.parse(task.heartbeatAt ?? task.plannedAt);
  const progress = task.progress === undefined ? 'no progress reported' : `${Math.round(task.progress * 100)} % done`;
  const beat = `last heartbeat ${Math.max(0, Math.round(silentMs / 1000))} s ago`;
  const because = `try ${task.try} by ${task.owner ?? 'a worker'}, ${progress}, ${beat}${met}`;
  return silentMs > task.staleMs
    ? { state: 'is silent', since: task.heartbeatAt, because: `${because}; the next sweep hands it out again` }
    : { state: 'is worked on', since: task.startedAt, because };
}

function failureText({ failures }: TaskRow): string {
  const last = failures.at(-1);
  if (last === undefined) return 'no failure is on record';
  const first = failures[0];
  const began = first !== undefined && first.code !== last.code ? `, first ${first.code}: ${first.cause}` : '';
  return `${failures.length === 1 ? 'it failed' : `${failures.length} tries failed, the last`} of ${last.code}: ${last.cause}${began}`;
}
