// Alarms on what AWS itself counts: executions, queues, functions, tables and schedules.

import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { MachineName } from '../../statemachines/machines.ts';
import { FUNCTION_SPECS } from '../function-specs.ts';
import type { FunctionName } from '../names.ts';
import { type AlarmSpec, highest, total } from './alarm.ts';
import { functionGroups, type Watched } from './things.ts';
import { ofFunction, ofIndex, ofMachine, ofQueue, ofSchedules, ofTable } from './watched.ts';

const INNER: readonly MachineName[] = ['phase', 'attempt', 'round', 'task'];
const MACHINES: readonly MachineName[] = ['run', ...INNER];

/** A task that has waited for an hour times out by its heartbeat; there should be some time left to look. */
const QUEUED_SECONDS = 45 * 60;
/** The stream keeps records for a day. */
const LAG_MS = 10 * 60_000;
/** Workers stop in time to continue elsewhere; the others answer within seconds. */
const TIME_LIMIT_PERCENT = { workers: 97, others: 80 } as const;

export function serviceAlarms(watched: Watched): AlarmSpec[] {
  return [
    ...executionAlarms(watched),
    ...queueAlarms(watched),
    ...functionGroups().flatMap(([group, names]) => functionAlarms(watched, group, names)),
    {
      kind: 'ledger-lag',
      says: `The ledger function is more than ${LAG_MS / 60_000} minutes behind the data table's stream.`,
      metric: ofFunction('IteratorAge', 'Maximum', watched.functions.ledger),
      above: LAG_MS,
    },
    {
      kind: 'table-throttles',
      says: 'DynamoDB has refused reads or writes for want of capacity.',
      metric: total(throttleMetrics(watched), 'refused reads and writes'),
      periods: 3,
    },
    {
      kind: 'dropped-schedules',
      says: 'A timer was dropped: its function could not be called for as long as EventBridge Scheduler tries.',
      metric: ofSchedules('InvocationDroppedCount', 'Sum', watched.scheduleGroup),
    },
  ];
}

function executionAlarms({ machines }: Watched): AlarmSpec[] {
  const counted = (metric: string, names: readonly MachineName[], label: string) =>
    total(
      names.map((name) => ofMachine(metric, 'Sum', machines[name])),
      label,
    );
  return [
    {
      kind: 'runs-failed',
      says: 'A run has ended without a release: a gate was rejected, a phase was lost, or its input was bad.',
      metric: ofMachine('ExecutionsFailed', 'Sum', machines.run),
    },
    {
      kind: 'executions-failed',
      says: 'A phase, attempt, round or task has failed as an execution, which none of them does when all is well.',
      metric: counted('ExecutionsFailed', INNER, 'failed'),
    },
    {
      kind: 'executions-timed-out',
      says: 'An execution has met its outermost time limit, days after the run’s own timers should have fired.',
      metric: counted('ExecutionsTimedOut', MACHINES, 'timed out'),
    },
    {
      kind: 'executions-throttled',
      says: 'Step Functions has slowed executions down: state transitions or starts are over the account’s quota.',
      metric: counted('ExecutionThrottled', MACHINES, 'throttled'),
      periods: 3,
    },
  ];
}

function queueAlarms({ workQueues, deadLetters, ledgerDeadLetters }: Watched): AlarmSpec[] {
  return [
    {
      kind: 'queue-age',
      says: `Work has been in a queue for more than ${QUEUED_SECONDS / 60} minutes; after an hour its task counts as lost.`,
      metric: highest(
        workQueues.map((queue) => ofQueue('ApproximateAgeOfOldestMessage', 'Maximum', queue)),
        'age of the oldest message',
      ),
      above: QUEUED_SECONDS,
    },
    {
      kind: 'dead-letters',
      says: 'Something lies in a dead-letter queue and nobody has taken it out.',
      metric: total(
        deadLetters.map((queue) => ofQueue('ApproximateNumberOfMessagesVisible', 'Maximum', queue)),
        'dead letters',
      ),
      // Those of the work queues are taken out within moments by the function that tells their executions.
      periods: 2,
    },
    {
      kind: 'ledger-dead-letters',
      says: 'Records of the data table’s stream could not be numbered: the ledger has a gap until they are put in again.',
      metric: ofQueue('ApproximateNumberOfMessagesVisible', 'Maximum', ledgerDeadLetters),
    },
  ];
}

function functionAlarms({ functions }: Watched, group: string, names: readonly FunctionName[]): AlarmSpec[] {
  const summed = (metric: string, label: string) =>
    total(
      names.map((name) => ofFunction(metric, 'Sum', functions[name])),
      label,
    );
  return [
    {
      kind: 'function-errors',
      subject: group,
      says: `Functions of the group ${group} have thrown (${names.join(', ')}).`,
      metric: summed('Errors', 'errors'),
    },
    {
      kind: 'function-throttles',
      subject: group,
      says: `Calls of functions were refused for want of concurrency (${names.join(', ')}).`,
      metric: summed('Throttles', 'throttles'),
      periods: 3,
    },
    {
      kind: 'function-duration',
      subject: group,
      says: `A function came near its time limit (${names.join(', ')}).`,
      metric: shareOfLimit(functions, names),
      above: TIME_LIMIT_PERCENT[group === 'workers' ? 'workers' : 'others'],
    },
  ];
}

/** The highest of durations, each in percent of the function's own time limit. */
function shareOfLimit(functions: Watched['functions'], names: readonly FunctionName[]): MathExpression {
  const shares = names.map((name, index) => `FILL(m${index}, 0) / ${FUNCTION_SPECS[name].seconds * 10}`);
  return new MathExpression({
    expression: `MAX([${shares.join(', ')}])`,
    usingMetrics: Object.fromEntries(
      names.map((name, index) => [`m${index}`, ofFunction('Duration', 'Maximum', functions[name])]),
    ),
    label: 'percent of the time limit',
    period: Duration.minutes(5),
  });
}

function throttleMetrics({ table, ledger }: Watched) {
  return ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((metric) => [
    ofTable(metric, 'Sum', table),
    ofTable(metric, 'Sum', ledger),
    ofIndex(metric, 'Sum', table, 'gsi1'),
  ]);
}
