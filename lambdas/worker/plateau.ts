// A task that beats but hardly gets on gives its try up, and says what it saw. The supervisor decides what the next try
// does otherwise.

import { IdeaMineError } from '../../core/errors.ts';
import { progressSlope } from '../../core/resilience/progress-slope.ts';
import { taskPath } from '../../store/keys.ts';
import type { Outbox } from '../../store/outbox.ts';
import type { TaskRow } from '../../store/task-row.ts';

export const PLATEAU = 'IdeaMine.Plateau';

export const plateaued = (): IdeaMineError =>
  new IdeaMineError(PLATEAU, 'the task beats, but its progress has stopped or nearly so', { retryable: true });

/** @returns undefined for any other error: the supervisor reports those. */
export function plateauOutbox(
  row: TaskRow,
  at: string,
  error: IdeaMineError,
  points: readonly number[],
): Outbox | undefined {
  if (error.code !== PLATEAU) return undefined;
  const task = taskPath(row);
  const detail = { try: row.try, progress: points.at(-1) ?? 0, points: [...points], slope: progressSlope(points) };
  return {
    id: `plateau.${task}.${row.try}.${row.epoch}`,
    at,
    events: [{ type: 'task.plateau', phase: row.phase, task, detail }],
  };
}
