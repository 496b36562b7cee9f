// One page for whoever is on duty: alarms first, then runs, work, queues, functions and tables.

import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  PeriodOverride,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MachineName } from '../../statemachines/machines.ts';
import type { FunctionName } from '../names.ts';
import type { Watched } from './things.ts';
import { ofFunction, ofMachine, ofQueue, ofSchedules, ofStage, ofTable, type Statistic } from './watched.ts';

const WIDE = 24;
const HALF = 12;

export function dashboardOf(scope: Construct, id: string, watched: Watched, alarms: readonly IAlarm[]): Dashboard {
  return new Dashboard(scope, id, {
    dashboardName: watched.prefix,
    defaultInterval: Duration.days(2),
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDE, height: 5 })],
      runs(watched),
      work(watched),
      queues(watched),
      functions(watched),
      tables(watched),
    ],
  });
}

const graph = (title: string, left: IMetric[], right?: IMetric[]): IWidget =>
  new GraphWidget({ title, left, ...(right ? { right } : {}), width: HALF });

function runs({ machines }: Watched): IWidget[] {
  const of = (metric: string, name: MachineName, label: string) =>
    ofMachine(metric, 'Sum', machines[name]).with({ label });
  const names = Object.keys(machines) as MachineName[];
  return [
    graph('Runs', [
      of('ExecutionsStarted', 'run', 'started'),
      of('ExecutionsSucceeded', 'run', 'released'),
      of('ExecutionsFailed', 'run', 'not released'),
      of('ExecutionsAborted', 'run', 'stopped'),
      of('ExecutionsTimedOut', 'run', 'timed out'),
    ]),
    graph(
      'Executions',
      names.map((name) => of('ExecutionsStarted', name, name)),
      names.map((name) => of('ExecutionThrottled', name, `${name} throttled`)),
    ),
  ];
}

function work({ prefix }: Watched): IWidget[] {
  const of = (metric: Parameters<typeof ofStage>[0], statistic: Statistic, label: string) =>
    ofStage(metric, statistic, prefix).with({ label });
  return [
    new SingleValueWidget({
      title: 'Now',
      metrics: [
        of('openTokens', 'Maximum', 'open tokens'),
        of('heartbeatAge', 'Maximum', 'quietest worker, s'),
        of('progressAge', 'Maximum', 'quietest run, s'),
      ],
      width: 8,
    }),
    new GraphWidget({
      title: 'Tasks',
      left: [of('tasksCommitted', 'Sum', 'done'), of('tasksSetAside', 'Sum', 'given up')],
      width: 8,
    }),
    new GraphWidget({
      title: 'Spend, micro-USD',
      left: [of('spend', 'Sum', 'spend').with({ period: Duration.hours(1) })],
      width: 8,
    }),
  ];
}

function queues({ workQueues, deadLetters, ledgerDeadLetters, scheduleGroup }: Watched): IWidget[] {
  const waiting = (queue: string) => ofQueue('ApproximateNumberOfMessagesVisible', 'Maximum', queue);
  return [
    graph(
      'Work that waits, and its age in seconds',
      workQueues.map(waiting),
      workQueues.map((queue) => ofQueue('ApproximateAgeOfOldestMessage', 'Maximum', queue)),
    ),
    graph('Dead letters and dropped timers', [...deadLetters, ledgerDeadLetters].map(waiting), [
      ofSchedules('InvocationDroppedCount', 'Sum', scheduleGroup),
    ]),
  ];
}

function functions({ functions: all }: Watched): IWidget[] {
  const each = (metric: string, statistic: Statistic) =>
    (Object.keys(all) as FunctionName[]).map((name) =>
      ofFunction(metric, statistic, all[name]).with({ label: `${name} ${metric.toLowerCase()}` }),
    );
  return [
    graph('Functions: errors and throttles', each('Errors', 'Sum'), each('Throttles', 'Sum')),
    graph('Functions: duration, ms', each('Duration', 'Maximum')),
  ];
}

function tables({ table, ledger, functions: all }: Watched): IWidget[] {
  const both = (metric: string) => [table, ledger].map((name) => ofTable(metric, 'Sum', name));
  return [
    graph(
      'Tables: units used',
      [...both('ConsumedReadCapacityUnits'), ...both('ConsumedWriteCapacityUnits')],
      [...both('ReadThrottleEvents'), ...both('WriteThrottleEvents')],
    ),
    graph('The ledger is behind by, ms', [ofFunction('IteratorAge', 'Maximum', all.ledger)]),
  ];
}
