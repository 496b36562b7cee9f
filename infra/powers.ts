// The vocabulary permissions are written in: what a role may be allowed, each as one grant. Names of actions only; a `*`
// in a resource says why.

import type { Names } from './names.ts';
import type { Grant } from './roles.ts';

/** ARNs of what functions act on. */
export interface Things {
  readonly names: Names;
  readonly table: string;
  readonly ledger: string;
  readonly stream: string;
  readonly bucket: string;
  /** Bucket of sealed segments and seals. */
  readonly sealed: string;
  /** Absent: nothing is signed. */
  readonly signingKey: string | undefined;
  readonly bus: string;
  readonly queues: Readonly<Record<'models' | 'tools', { readonly queue: string; readonly deadLetters: string }>>;
  readonly ledgerDeadLetters: string;
  /** Models of Bedrock that a tier names. */
  readonly models: readonly string[];
  /** The secret with the keys of other providers. */
  readonly modelKeys: string | undefined;
  readonly schedulerRole: string;
  /** None where tools are left out. */
  readonly toolProjects: readonly string[];
}

/** TransactWriteItems is checked by IAM as the single writes it holds. */
const ROW_ACTIONS = {
  get: 'dynamodb:GetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
} as const;

const ANSWERS = {
  success: 'states:SendTaskSuccess',
  failure: 'states:SendTaskFailure',
  heartbeat: 'states:SendTaskHeartbeat',
} as const;

const OBJECTS = 'Objects are named by run and hash when they are made; the prefix is the narrowest name there is';
const SEALS = 'Seals and segments are named by run and number when they are made';
const SCHEDULES = 'Schedules are named by run and purpose when they are made, all in a group of the stage’s own';

const PROFILES = 'An inference profile sends a call to its own model in whichever of its regions has room';

export type Powers = ReturnType<typeof powersOver>;

export function powersOver(things: Things) {
  const { names, table, ledger, stream, bucket, sealed, signingKey, bus, schedulerRole } = things;
  const rowsOf =
    (arn: string) =>
    (...verbs: (keyof typeof ROW_ACTIONS)[]): Grant => ({
      actions: verbs.map((verb) => ROW_ACTIONS[verb]),
      resources: [arn],
    });
  const objects =
    (action: string) =>
    (...prefixes: string[]): Grant => ({
      actions: [action],
      resources: prefixes.map((prefix) => `${bucket}/${prefix}/*`),
      because: OBJECTS,
    });
  return {
    rows: rowsOf(table),
    index: { actions: ['dynamodb:Query'], resources: [`${table}/index/gsi1`] },
    entries: rowsOf(ledger),
    readObjects: objects('s3:GetObject'),
    writeObjects: objects('s3:PutObject'),
    /** Without it S3 answers 403 for an object that is not there, not 404. */
    missObjects: { actions: ['s3:ListBucket'], resources: [bucket] },
    /** A call to a model, streamed; and the keys of those that need one. */
    askModels: [
      ...(things.models.length === 0
        ? []
        : [
            {
              actions: ['bedrock:InvokeModelWithResponseStream'],
              resources: things.models,
              ...(things.models.some((arn) => arn.includes(':*:')) ? { because: PROFILES } : {}),
            },
          ]),
      ...(things.modelKeys === undefined
        ? []
        : [{ actions: ['secretsmanager:GetSecretValue'], resources: [things.modelKeys] }]),
    ] satisfies Grant[],
    readSealed: {
      actions: ['s3:GetObject'],
      resources: [`${sealed}/seals/*`],
      because: SEALS,
    },
    missSealed: { actions: ['s3:ListBucket'], resources: [sealed] },
    seal: {
      actions: ['s3:PutObject'],
      resources: [`${sealed}/seals/*`, `${sealed}/segments/*`],
      because: SEALS,
    },
    /** Nothing where nothing is signed. */
    sign: signingKey === undefined ? [] : [{ actions: ['kms:GetPublicKey', 'kms:Sign'], resources: [signingKey] }],
    /** Builds on the stage's own projects, and the prefix they share with them. */
    measure:
      things.toolProjects.length === 0
        ? []
        : [
            {
              actions: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds', 'codebuild:StopBuild'],
              resources: things.toolProjects,
            },
            objects('s3:GetObject')('tools'),
            objects('s3:PutObject')('tools'),
          ],
    followStream: {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [stream],
    },
    listStreams: {
      actions: ['dynamodb:ListStreams'],
      resources: ['*'],
      because: 'ListStreams is asked of the account, not of a stream; an event source mapping needs it',
    },
    consume: (...queues: string[]): Grant => ({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: queues,
    }),
    send: (queue: string): Grant => ({ actions: ['sqs:SendMessage'], resources: [queue] }),
    publish: { actions: ['events:PutEvents'], resources: [bus] },
    /** Answers to tokens of the task machine. */
    answer: (...answers: (keyof typeof ANSWERS)[]): Grant => ({
      actions: answers.map((answer) => ANSWERS[answer]),
      resources: [names.machineArn('task')],
    }),
    stopRuns: {
      actions: ['states:StopExecution'],
      resources: [names.executionsArn('run')],
      because: 'Executions are named when they are started',
    },
    schedule: {
      actions: ['scheduler:CreateSchedule'],
      resources: [names.schedulesArn()],
      because: SCHEDULES,
    },
    reschedule: {
      actions: ['scheduler:UpdateSchedule'],
      resources: [names.schedulesArn()],
      because: SCHEDULES,
    },
    unschedule: {
      actions: ['scheduler:DeleteSchedule'],
      resources: [names.schedulesArn()],
      because: SCHEDULES,
    },
    passSchedulerRole: {
      actions: ['iam:PassRole'],
      resources: [schedulerRole],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    },
  };
}
