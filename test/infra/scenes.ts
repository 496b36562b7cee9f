// Small plays on the deployed template and handlers in virtual time: between them everything happens that a role is granted something
// for. Each has a world of its own.

import { join } from 'node:path';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type LocalStage, openLocalStage } from '../../cli/local-stage.ts';
import { executionState, startExecution } from '../../cli/stage.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import { pinPipeline } from '../../core/pipeline/pin.ts';
import { readPipeline } from '../../infra/pipeline.ts';
import { objects, outboxKey, taskKey } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { listPhases, type PhaseRow } from '../../store/phases.ts';
import { setCurrentPipeline } from '../../store/pipelines.ts';
import { getRun } from '../../store/runs.ts';
import { lastSeal } from '../../store/seals.ts';
import { getRow } from '../../store/table.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';
import { root } from './synthesize.ts';

export const SCENES_PIPELINE = join(root, 'test/infra/scenes.yaml');
const IDEA = 'A shed that lends tools. Members reserve a drill for a day. It must cost less than 40 USD.\n';

const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const deployed = readPipeline(SCENES_PIPELINE);

/** One of them plays on a fresh stage. */
export type Scene = (stage: LocalStage) => Promise<void>;

export function openStage(assemblyDir: string): Promise<LocalStage> {
  return openLocalStage({ assemblyDir, clock: { kind: 'virtual', start: START } });
}

/** Time goes on in steps until it holds. @throws Error when it never does. */
async function until<Found>(
  stage: LocalStage,
  what: string,
  look: () => Promise<Found | undefined | false>,
  stepMs = MINUTE_MS,
): Promise<Found> {
  for (let step = 0; step < 2_000; step += 1) {
    const found = await look();
    if (found) return found;
    await pass(stage, stepMs);
  }
  throw new Error(`waited in vain until ${what}`);
}

const pass = (stage: LocalStage, ms: number) =>
  stage.world.run(() => false, { deadline: stage.world.fabric.clock.now() + ms });

/** Pushes the behaviour with some of it changed, and starts a run of it. @returns the execution's ARN. */
async function start(stage: LocalStage, input: object = {}, change: (of: Pipeline) => Pipeline = (of) => of) {
  await setCurrentPipeline(stage.bucket, pinPipeline(change(deployed)));
  return startExecution(stage, 'r1', { idea: IDEA, gates: 'advise', ...input });
}

const ended = (stage: LocalStage, arn: string) =>
  until(stage, 'the run has ended', async () => {
    const run = await getRun(stage.table, 'r1');
    return (await executionState(stage, arn)).status !== 'RUNNING' && run?.status !== 'RUNNING' && run;
  });

const aTask = (stage: LocalStage, what: string, fits: (row: TaskRow) => boolean): Promise<TaskRow> =>
  until(stage, what, async () => (await listTasks(stage.table, 'r1')).find(fits));

const waitingPhase = (stage: LocalStage): Promise<PhaseRow> =>
  until(stage, 'a person is waited for', async () =>
    (await listPhases(stage.table, 'r1')).find(({ status }) => status === 'waiting'),
  );

/** Calls a deployed function as AWS would, and lets it end. */
async function invoke(stage: LocalStage, name: string, payload: object): Promise<void> {
  const call = stage.world.call('Lambda', 'Invoke', {
    FunctionName: stage.outputs[`${name}FunctionName`],
    Payload: JSON.stringify(payload),
  });
  await pass(stage, MINUTE_MS);
  const { FunctionError, Payload } = await call;
  if (FunctionError !== undefined) throw new Error(`${name}: ${new TextDecoder().decode(Payload)}`);
}

const phases = (change: (phase: Pipeline['phases'][number]) => Pipeline['phases'][number]) => (of: Pipeline) => ({
  ...of,
  phases: of.phases.map(change),
});
const slow = phases((phase) => ({
  ...phase,
  budget: { ...phase.budget, wallMinutes: 600 },
  agents: phase.agents.map((agent) => ({ ...agent, paceMs: 20 * MINUTE_MS })),
}));
const unreachable = phases((phase) => ({ ...phase, gate: { ...phase.gate, minimum: 1, tries: 1 } }));

/** Longer than a function may run: the worker puts its message back and goes on in another invocation. */
const longTasks: Scene = async (stage) => {
  await ended(stage, await start(stage, {}, slow));
};

const stoppedAndResumed: Scene = async (stage) => {
  const arn = await start(stage, {}, slow);
  await aTask(stage, 'a task is worked on', ({ status }) => status === 'claimed');
  await stage.world.call('SFN', 'StopExecution', { executionArn: arn });
  await ended(stage, arn);
  const again = await startExecution(stage, 'r1-again', { resume: 'r1' });
  await until(stage, 'the run is open again', async () => (await getRun(stage.table, 'r1'))?.openings === 2);
  // A call whose answer was lost is made again.
  await invoke(stage, 'Open', {
    input: { resume: 'r1' },
    executionArn: again,
    executionName: 'r1-again',
    startedAt: new Date(stage.world.fabric.clock.now()).toISOString(),
  });
  await ended(stage, again);
};

const workersLost: Scene = async (stage) => {
  const arn = await start(stage, {}, slow);
  await aTask(stage, 'a task is worked on', ({ status }) => status === 'claimed');
  await invoke(stage, 'Sweep', { op: 'workers-lost' });
  const taken = (row: TaskRow) => row.workerClass === 'tools' && row.status === 'claimed';
  await aTask(stage, 'a tool is at work', taken);
  await invoke(stage, 'Sweep', { op: 'workers-lost' });
  await ended(stage, arn);
};

/** Committed, and the worker died before it had told Step Functions. */
const nobodyTold: Scene = async (stage) => {
  const arn = await start(stage, {}, slow);
  const { token } = await aTask(stage, 'a task is worked on', ({ status }) => status === 'claimed');
  await ended(stage, arn);
  const [row] = await listTasks(stage.table, 'r1');
  await stage.world.call('DynamoDB', 'UpdateItem', {
    TableName: stage.table.name,
    Key: marshall(taskKey(row as TaskRow)),
    UpdateExpression: 'SET #t = :token, gsi1pk = :claimed, gsi1sk = :beat, heartbeatAt = :beat',
    ExpressionAttributeNames: { '#t': 'token' },
    ExpressionAttributeValues: marshall({
      ':token': token,
      ':claimed': 'CLAIMED',
      ':beat': new Date(START).toISOString(),
    }),
  });
  await invoke(stage, 'Sweep', { op: 'sweep' });
};

/** A task is given up, the run is stopped while the next one is worked on, and the resumed run takes the first up again. */
const givenUpAndResumed: Scene = async (stage) => {
  const arn = await start(stage, {}, slow);
  await takeBudget(stage, 'nfrs');
  await claimed(stage, 'tech-stack');
  await stage.world.call('SFN', 'StopExecution', { executionArn: arn });
  await ended(stage, arn);
  const again = await startExecution(stage, 'r1-again', { resume: 'r1' });
  // Without it the tool after it has nothing to read.
  await takeBudget(stage, 'gtm');
  await ended(stage, again);
};

const claimed = (stage: LocalStage, agent: string): Promise<TaskRow> =>
  aTask(stage, `${agent} is worked on`, (row) => row.agent === agent && row.status === 'claimed');

async function takeBudget(stage: LocalStage, agent: string): Promise<void> {
  await stage.world.call('DynamoDB', 'UpdateItem', {
    TableName: stage.table.name,
    Key: marshall(taskKey(await claimed(stage, agent))),
    UpdateExpression: 'SET freeTokens = :none',
    ExpressionAttributeValues: marshall({ ':none': 0 }),
  });
}

/** What another version sent: no worker takes it, the dead-letter function tells its execution. */
const strangeMessages: Scene = async (stage) => {
  const arn = await start(stage, {}, slow);
  const sqs: SQSClient = new (stage.world.sdk('@aws-sdk/client-sqs').SQSClient)({});
  for (const workerClass of ['models', 'tools'] as const) {
    const held = (row: TaskRow) => row.workerClass === workerClass && row.status === 'claimed';
    const row = await aTask(stage, `a task of ${workerClass} is worked on`, held);
    const body = { ...row, contract: 999 };
    const QueueUrl = stage.outputs[workerClass === 'models' ? 'ModelsQueueUrl' : 'ToolsQueueUrl'];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
  }
  await ended(stage, arn);
  // Five deliveries, ninety minutes apart.
  await pass(stage, DAY_MS);
};

const aPersonDecides: Scene = async (stage) => {
  await start(stage, { gates: 'enforce' }, unreachable);
  const phase = await waitingPhase(stage);
  const state = { runId: 'r1', phase: phase.phase, attempt: phase.attempt };
  await invoke(stage, 'Phase', { op: 'escalate', token: phase.approvalToken, ...state });
  // The deadline comes while a person is waited for, and is put off; so does the reminder.
  await pass(stage, 1.5 * DAY_MS);
  // An answer that cannot be accepted: it waits again, with another reminder.
  await answer(stage, { decision: 'perhaps', by: 'a person' });
  await pass(stage, MINUTE_MS);
  await answer(stage, { decision: 'reject', by: 'a person' });
  await until(stage, 'the run has ended', async () => (await getRun(stage.table, 'r1'))?.status === 'FAILED');
};

async function answer(stage: LocalStage, decision: object): Promise<void> {
  const { approvalToken } = await waitingPhase(stage);
  await stage.world.call('SFN', 'SendTaskSuccess', { taskToken: approvalToken, output: JSON.stringify(decision) });
}

const pastItsDeadline: Scene = async (stage) => {
  const endless = phases((phase) => ({
    ...phase,
    budget: { ...phase.budget, wallMinutes: 1 },
    agents: phase.agents.map((agent) => ({ ...agent, paceMs: DAY_MS })),
  }));
  await ended(stage, await start(stage, {}, endless));
};

const manyTasks: Scene = async (stage) => {
  const constraints = Array.from(
    { length: 42 },
    (_, n) => `Rule ${n} must be kept before week ${n} at a cost of ${n} USD.`,
  );
  await ended(stage, await start(stage, { idea: `${IDEA}${constraints.join('\n')}\n` }));
};

/** Nothing was pushed; and the ledger function is handed something that it has numbered before. */
const handedOverTwice: Scene = async (stage) => {
  await ended(stage, await startExecution(stage, 'r1', { idea: IDEA, gates: 'advise' }));
  const row = await getRow<OutboxRow>(stage.table, outboxKey('r1', 'run.opened.1'));
  const image = marshall({ ...row, ...outboxKey('r1', 'run.opened.1') }, { removeUndefinedValues: true });
  const record = { eventName: 'INSERT', dynamodb: { SequenceNumber: '1', NewImage: image } };
  await invoke(stage, 'Ledger', { Records: [record] });
};

/** Nothing can be made of it: after fifty tries its place goes to the dead letters. */
const notToBeNumbered: Scene = async (stage) => {
  const Item = marshall({ pk: 'RUN#r1', sk: 'OUT#strange', runId: 'r1', id: 'strange', at: 'no time', entries: 7 });
  await stage.world.call('DynamoDB', 'PutItem', { TableName: stage.table.name, Item });
  await pass(stage, DAY_MS);
};

/** The idea comes from the bucket; and who claimed the last seal died before the bucket had it. */
const sealCutOff: Scene = async (stage) => {
  await putText(stage.bucket, 'ideas/idea.txt', IDEA, 'text/plain');
  await ended(stage, await start(stage, { idea: undefined, ideaUri: `s3://${stage.bucket.name}/ideas/idea.txt` }));
  const last = await lastSeal(stage.table, 'r1');
  await stage.world.call('S3', 'DeleteObject', {
    Bucket: stage.outputs.SealedBucketName,
    Key: objects.seal('r1', last?.number ?? 0),
  });
  await invoke(stage, 'Seal', { runId: 'r1' });
};

export const SCENES: Readonly<Record<string, Scene>> = {
  longTasks,
  stoppedAndResumed,
  workersLost,
  nobodyTold,
  givenUpAndResumed,
  strangeMessages,
  aPersonDecides,
  pastItsDeadline,
  manyTasks,
  handedOverTwice,
  notToBeNumbered,
  sealCutOff,
};
