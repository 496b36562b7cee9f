// A mixed workload on a whole world: the interpreter's workload (maps, callbacks, waits, retries, nested executions, a map run), its
// functions from a bundle on disk, its callbacks answered by a function that a queue feeds, and schedules that start executions.

import type { World } from '../../local/world.ts';
import { child, EXPECTED, parent } from '../local/states/workload.ts';

export const CODE = `
const { SFNClient, SendTaskSuccessCommand } = require('@aws-sdk/client-sfn');
const states = new SFNClient({});
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
class Flaky extends Error { name = 'Flaky'; }
class Broken extends Error { name = 'Broken'; }
exports.flaky = async ({ n, attempt }) => {
  await sleep(2000 + Math.floor(Math.random() * 500));
  if (attempt < n - 1) throw new Flaky('no');
  return { n };
};
exports.broken = async () => { throw new Broken('no'); };
exports.answer = async ({ Records }) => {
  const { n, token } = JSON.parse(Records[0].body);
  await sleep(Math.floor(Math.random() * 1000));
  try {
    await states.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify({ n }) }));
  } catch (error) {
    // Answered before by an environment that died before its message was deleted.
    if (error.name !== 'TaskTimedOut') throw error;
  }
};
`;

const PLACE = 'us-east-1:000000000000';
const arnOf = (machine: string) => `arn:aws:states:${PLACE}:stateMachine:${machine}`;
const MINUTE = 60_000;
/** One-time schedules, each of which starts one execution of the child machine. */
const SCHEDULES = 3;

/**
 * Makes the resources and starts `runs` executions, once: a second call finds them. `folder` holds CODE as index.js.
 * All calls are made in one go, so they share a commit: a process that is killed leaves all of it or nothing.
 */
export async function begin(world: World, folder: string, runs: number): Promise<void> {
  const { stateMachines } = await world.call('SFN', 'ListStateMachines', {});
  if (stateMachines.length > 0) return;
  const calls: Promise<unknown>[] = [];
  const call = (service: string, operation: string, input: object) => calls.push(world.call(service, operation, input));
  const roleArn = 'arn:aws:iam::000000000000:role/r';
  for (const FunctionName of ['flaky', 'broken', 'answer']) {
    const Code = { LocalPath: folder };
    call('Lambda', 'CreateFunction', { FunctionName, Handler: `index.${FunctionName}`, Timeout: 10, Code });
  }
  call('SQS', 'CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '60' } });
  call('Lambda', 'CreateEventSourceMapping', {
    FunctionName: 'answer',
    EventSourceArn: `arn:aws:sqs:${PLACE}:q`,
    BatchSize: 1,
  });
  call('SFN', 'CreateStateMachine', { name: 'child', roleArn, definition: JSON.stringify(child) });
  const definition = JSON.stringify(parent).replace('CHILD', arnOf('child'));
  call('SFN', 'CreateStateMachine', { name: 'parent', roleArn, definition });
  for (let n = 0; n < runs; n += 1) {
    const input = JSON.stringify({ list: [1, 2, 3] });
    call('SFN', 'StartExecution', { stateMachineArn: arnOf('parent'), name: `run-${n}`, input });
  }
  for (let n = 0; n < SCHEDULES; n += 1) {
    const at = new Date(world.fabric.clock.now() + (n + 1) * 7000).toISOString().slice(0, 19);
    call('Scheduler', 'CreateSchedule', {
      Name: `once-${n}`,
      ScheduleExpression: `at(${at})`,
      ActionAfterCompletion: 'DELETE',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: arnOf('child'), RoleArn: roleArn, Input: JSON.stringify({ n }) },
    });
  }
  await Promise.all(calls);
}

/** Runs until every execution has ended and every schedule has fired. */
export async function finish(world: World): Promise<void> {
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await world.run(() => false, { deadline: world.fabric.clock.now() + MINUTE });
    const { Schedules } = await world.call('Scheduler', 'ListSchedules', {});
    if (Schedules.length === 0 && (await executions(world)).every(({ status }) => status !== 'RUNNING')) return;
  }
  throw new Error('the workload has not ended after an hour of virtual time');
}

interface ListedExecution {
  readonly executionArn: string;
  readonly status: string;
  readonly name: string;
}

export interface History {
  readonly machine: string;
  readonly name: string;
  readonly status: string;
  readonly input: string;
  readonly output: string | undefined;
  readonly events: readonly { readonly id: number; readonly previousEventId: number; readonly type: string }[];
}

/** Every execution there is, the children of map runs included, with its whole history. */
export async function histories(world: World): Promise<History[]> {
  const all: History[] = [];
  for (const { executionArn, name, status } of await executions(world)) {
    const { input, output } = await world.call('SFN', 'DescribeExecution', { executionArn });
    const { events } = await world.call('SFN', 'GetExecutionHistory', { executionArn, maxResults: 1000 });
    all.push({ machine: executionArn.split(':').at(-2) as string, name, status, input, output, events });
  }
  return all;
}

async function executions(world: World): Promise<ListedExecution[]> {
  const list = async (of: object) =>
    (await world.call('SFN', 'ListExecutions', { ...of, maxResults: 1000 })).executions as ListedExecution[];
  const parents = await list({ stateMachineArn: arnOf('parent') });
  const all = [...parents, ...(await list({ stateMachineArn: arnOf('child') }))];
  for (const { executionArn } of parents) {
    const { mapRuns } = await world.call('SFN', 'ListMapRuns', { executionArn });
    for (const { mapRunArn } of mapRuns) all.push(...(await list({ mapRunArn })));
  }
  return all;
}

/** What each execution came to, in an order of its own: equal for equal outcomes, whatever the ids and times. */
export function outcomes(all: readonly History[]): string[] {
  return all
    .map(({ machine, name, status, input, output, events }) => {
      const types = events.map(({ type }) => type).sort();
      // A map run's label, and the names of what the engine starts, are random.
      const [kind, ofMapRun] = machine.split('/');
      const who = ofMapRun === undefined ? kind : `${kind}'s map run`;
      return JSON.stringify([who, who === 'parent' ? name : '', status, input, output, types]);
    })
    .sort();
}

/** What is wrong with the histories themselves: gaps, repeats, events that follow none. */
export function flaws(all: readonly History[]): string[] {
  const found: string[] = [];
  for (const { machine, name, status, output, events } of all) {
    const say = (what: string) => found.push(`${machine}/${name}: ${what}`);
    events.forEach(({ id, previousEventId }, at) => {
      if (id !== at + 1) say(`event ${at + 1} has id ${id}`);
      if (previousEventId >= id || (previousEventId < 1 && id > 2)) say(`event ${id} follows ${previousEventId}`);
    });
    if (status !== 'SUCCEEDED') say(status);
    if (machine === 'parent' && output !== JSON.stringify(EXPECTED)) say(`output ${output}`);
  }
  return found;
}
