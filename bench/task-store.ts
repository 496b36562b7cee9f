// The store's table, bucket and a queue in a bare world, and the few moves of plan and worker that have a rate of their own.

import type { Json } from '../core/json.ts';
import type { World } from '../local/world.ts';
import { saveCheckpoint } from '../store/checkpoints.ts';
import { INDEX, type TaskName } from '../store/keys.ts';
import type { Bucket } from '../store/objects.ts';
import type { Table } from '../store/table.ts';
import { beat, claimTask, type Lease } from '../store/task-lease.ts';
import { getTask, planTask } from '../store/task-row.ts';

const AT = '2026-01-01T00:00:00.000Z';

export interface TaskStore {
  readonly queueUrl: string;
  taskName(n: number): TaskName;
  plan(name: TaskName): Promise<boolean>;
  claim(name: TaskName): Promise<Lease>;
  checkpoint(lease: Lease, data: Json): Promise<void>;
  beat(lease: Lease, token: string): Promise<void>;
  send(message: object): Promise<void>;
  /** Receives up to ten messages and deletes them. @returns how many. */
  takeTen(): Promise<number>;
  receiveToken(): Promise<string>;
}

export async function openTaskStore(world: World): Promise<TaskStore> {
  const table = await createTable(world);
  const bucket = await createBucket(world);
  const { SQSClient, SendMessageCommand, ReceiveMessageCommand, DeleteMessageBatchCommand, CreateQueueCommand } =
    world.sdk('@aws-sdk/client-sqs');
  const { SFNClient, SendTaskHeartbeatCommand } = world.sdk('@aws-sdk/client-sfn');
  const queues = new SQSClient({});
  const states = new SFNClient({});
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: 'bench' }));
  const receive = () => queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const remove = async (messages: readonly { ReceiptHandle: string }[]) => {
    const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: `${i}`, ReceiptHandle }));
    await queues.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    return messages.length;
  };
  return {
    queueUrl: QueueUrl,
    taskName: (n) => ({ runId: 'bench', phase: 'story-loop', attempt: 1, round: 1, wave: 1, task: `writer.${n}` }),
    plan: (name) => planTask(table, plannedTask(name), AT),
    async claim(name) {
      await planTask(table, plannedTask(name), AT);
      const seen = await getTask(table, name);
      const row =
        seen && (await claimTask(table, seen, { token: 'bench', try: 1, owner: 'bench', at: AT, takeOver: false }));
      if (!row) throw new Error('the claim was refused');
      return { name, epoch: row.epoch };
    },
    async checkpoint(lease, data) {
      if (!(await saveCheckpoint(table, bucket, lease, data, AT, AT))) throw new Error('the lease was lost');
    },
    async beat(lease, taskToken) {
      if (!(await beat(table, lease, AT, null))) throw new Error('the lease was lost');
      await states.send(new SendTaskHeartbeatCommand({ taskToken }));
    },
    async send(message) {
      await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
    },
    async takeTen() {
      const { Messages = [] } = await receive();
      return remove(Messages);
    },
    async receiveToken() {
      for (;;) {
        const { Messages = [] } = await receive();
        if (Messages.length === 0) throw new Error('no message with a token');
        await remove(Messages);
        const tokens = Messages.map(({ Body }: { Body: string }) => JSON.parse(Body).token).filter(Boolean);
        if (tokens.length > 0) return tokens[0];
      }
    },
  };
}

async function createTable(world: World): Promise<Table> {
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  await world.call('DynamoDB', 'CreateTable', {
    TableName: 'bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', `${INDEX}pk`, `${INDEX}sk`].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: INDEX, KeySchema: key(`${INDEX}pk`, `${INDEX}sk`), Projection: { ProjectionType: 'ALL' } },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  const { DynamoDBClient } = world.sdk('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = world.sdk('@aws-sdk/lib-dynamodb');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { documents, name: 'bench' };
}

async function createBucket(world: World): Promise<Bucket> {
  await world.call('S3', 'CreateBucket', { Bucket: 'bench' });
  const { S3Client } = world.sdk('@aws-sdk/client-s3');
  return { client: new S3Client({}), name: 'bench' };
}

function plannedTask(name: TaskName): Parameters<typeof planTask>[1] {
  return {
    ...name,
    agent: 'writer',
    workerClass: 'models',
    idempotencyKey: '0'.repeat(64),
    shard: null,
    inputs: {},
    made: null,
    previous: null,
    strict: false,
    budgetTokens: 10_000,
    budgetToolMs: 60_000,
    budgetUsdMicros: 10_000,
    staleMs: 180_000,
    timeoutSeconds: 3_600,
    heartbeatSeconds: 600,
  };
}
