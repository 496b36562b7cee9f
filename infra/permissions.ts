// Who may do what: for every function, the statements of its role beside logging and tracing. Names of actions only;
// a `*` in a resource says why. TransactWriteItems is checked by IAM as the single writes it holds.

import type { FunctionName, Names } from './names.ts';
import type { Grant } from './roles.ts';

/** ARNs of what functions act on. */
export interface Things {
  readonly names: Names;
  readonly table: string;
  readonly ledger: string;
  readonly stream: string;
  readonly bucket: string;
  readonly bus: string;
  readonly queues: Readonly<Record<'models' | 'tools', { readonly queue: string; readonly deadLetters: string }>>;
  readonly ledgerDeadLetters: string;
  readonly schedulerRole: string;
}

export function permissionsOf(name: FunctionName, things: Things): Grant[] {
  const can = powers(things);
  const workerOf = (queue: 'models' | 'tools') => [
    can.readRows,
    can.writeRows,
    can.readObjects('runs/*', 'pipelines/*'),
    can.writeObjects('runs/*'),
    can.consume(things.queues[queue].queue),
    can.send(things.queues[queue].queue),
    can.answerTasksOf('task'),
  ];
  const all: Readonly<Record<FunctionName, Grant[]>> = {
    open: [
      can.readRows,
      can.writeRows,
      can.readObjects('runs/*', 'pipelines/*', 'ideas/*'),
      can.writeObjects('runs/*', 'pipelines/*'),
      ...can.schedule,
    ],
    phase: [can.readRows, can.writeRows, can.readObjects('runs/*', 'pipelines/*'), ...can.schedule, can.unschedule],
    plan: [can.readRows, can.writeRows, can.readObjects('runs/*', 'pipelines/*'), can.writeObjects('runs/*')],
    'worker-models': workerOf('models'),
    'worker-tools': workerOf('tools'),
    aggregate: [can.readRows, can.writeRows, can.readObjects('runs/*', 'pipelines/*'), can.writeObjects('runs/*')],
    gate: [can.readRows, can.writeRows, can.readObjects('runs/*', 'pipelines/*'), can.writeObjects('runs/*')],
    supervise: [can.readRows, can.writeRows, can.readObjects('pipelines/*')],
    sweep: [can.readRows, can.writeRows, can.queryIndex, can.answerTasksOf('task'), can.unschedule],
    dlq: [
      can.readRows,
      can.writeRows,
      can.consume(things.queues.models.deadLetters, things.queues.tools.deadLetters),
      can.answerTasksOf('task'),
    ],
    timer: [can.readRows, can.writeRows, ...can.schedule, can.unschedule, can.stopRuns, can.answerTasksOf('phase')],
    ledger: [
      can.followStream,
      can.listStreams,
      can.readRows,
      can.writeRows,
      can.number,
      can.publish,
      can.send(things.ledgerDeadLetters),
    ],
    close: [
      can.readRows,
      can.writeRows,
      can.readLedger,
      can.readObjects('runs/*', 'pipelines/*'),
      can.writeObjects('runs/*'),
      can.unschedule,
    ],
  };
  return all[name];
}

function powers({ names, table, ledger, stream, bucket, bus, schedulerRole }: Things) {
  const objects = (prefixes: readonly string[]) => prefixes.map((prefix) => `${bucket}/${prefix}`);
  return {
    readRows: { actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], resources: [table] },
    writeRows: {
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
      resources: [table],
    },
    queryIndex: { actions: ['dynamodb:Query'], resources: [`${table}/index/gsi1`] },
    readLedger: { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [ledger] },
    /** Entries are put and never changed: no role may update or delete in the ledger. */
    number: { actions: ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query'], resources: [ledger] },
    followStream: {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [stream],
    },
    listStreams: {
      actions: ['dynamodb:ListStreams'],
      resources: ['*'],
      because: 'ListStreams is asked of the account, not of a stream; an event source mapping needs it',
    },
    readObjects: (...prefixes: string[]): Grant => ({
      actions: ['s3:GetObject'],
      resources: objects(prefixes),
      because: 'Objects are named by run and hash when they are made; the prefix is the narrowest name there is',
    }),
    writeObjects: (...prefixes: string[]): Grant => ({
      actions: ['s3:PutObject'],
      resources: objects(prefixes),
      because: 'Objects are named by run and hash when they are made; the prefix is the narrowest name there is',
    }),
    consume: (...queues: string[]): Grant => ({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      resources: queues,
    }),
    send: (queue: string): Grant => ({ actions: ['sqs:SendMessage'], resources: [queue] }),
    publish: { actions: ['events:PutEvents'], resources: [bus] },
    answerTasksOf: (machine: 'task' | 'phase'): Grant => ({
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
      resources: [names.machineArn(machine)],
    }),
    stopRuns: {
      actions: ['states:StopExecution', 'states:DescribeExecution'],
      resources: [names.executionsArn('run')],
      because: 'Executions are named when they are started',
    },
    schedule: [
      {
        actions: ['scheduler:CreateSchedule', 'scheduler:GetSchedule', 'scheduler:UpdateSchedule'],
        resources: [names.schedulesArn()],
        because: 'Schedules are named by run and purpose when they are made, all in the stage’s own group',
      },
      {
        actions: ['iam:PassRole'],
        resources: [schedulerRole],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      },
    ],
    unschedule: {
      actions: ['scheduler:DeleteSchedule'],
      resources: [names.schedulesArn()],
      because: 'Schedules are named by run and purpose when they are made, all in the stage’s own group',
    },
  };
}
