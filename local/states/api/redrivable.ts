// Which executions may be redriven: "Redrive eligibility for unsuccessful executions" in the Step Functions developer guide, with the
// reasons DescribeExecution's redriveStatusReason lists.

import type { ExecutionRecord } from '../engine/execution.ts';

const DAY_MS = 86_400_000;
/** From the end of the execution on. */
const REDRIVABLE_DAYS = 14;
/** From its start on: the longest an execution may be open. */
const LONGEST_OPEN_DAYS = 365;
/** The history must have fewer events than this, to leave room for what follows. */
const TOO_MANY_EVENTS = 24_999;

/** Why not, as AWS says it; undefined when it may. Of a map run's child only its own reasons count, not that its parent must ask. */
export function whyNotRedrivable(record: ExecutionRecord, now: number): string | undefined {
  const { status, facts, stoppedAt } = record;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (record.lastEvent >= TOO_MANY_EVENTS) return 'Execution history event limit exceeded';
  if (now - facts.startedAt > LONGEST_OPEN_DAYS * DAY_MS) return 'Execution has exceeded the max execution time';
  if (now - (stoppedAt ?? now) > REDRIVABLE_DAYS * DAY_MS) return 'Execution redrivable period exceeded';
  return undefined;
}
