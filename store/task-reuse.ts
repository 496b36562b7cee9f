// A task of a new attempt whose work an earlier one has done: written as committed, with that result, and nothing spent.

import { taskKey } from './keys.ts';
import { type Outbox, outboxItem } from './outbox.ts';
import { type Table, transact } from './table.ts';
import type { PlannedTask, TaskRow } from './task-row.ts';

/** @returns false when the task is planned already, which leaves it as it is. */
export function reuseTask(
  table: Table,
  task: PlannedTask,
  earlier: TaskRow,
  at: string,
  outbox: Outbox,
): Promise<boolean> {
  const row: TaskRow = {
    ...task,
    status: 'committed',
    try: 1,
    epoch: 0,
    continuation: 0,
    failures: [],
    pardoned: 0,
    plannedAt: at,
    freeTokens: task.budgetTokens,
    freeUsdMicros: task.budgetUsdMicros,
    reservedTokens: 0,
    reservedUsdMicros: 0,
    spentTokens: 0,
    spentUsdMicros: 0,
    modelCalls: 0,
    progress: 1,
    committedAt: at,
    result: earlier.result,
    done: earlier.done ?? null,
    workedIn: earlier.workedIn ?? earlier.attempt,
    ...(earlier.model === undefined ? {} : { model: earlier.model }),
  };
  return transact(table, [
    {
      Put: {
        TableName: table.name,
        Item: { ...taskKey(task), ...row },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    outboxItem(table, task.runId, outbox),
  ]);
}
