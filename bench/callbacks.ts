// A worker of callback tasks outside the world's functions: takes messages, may take its time, answers by task token.

import type { World } from '../local/world.ts';

/** Half a day, so that no message comes back while its task is worked on. */
const VISIBILITY_SECONDS = 43_200;

export async function createQueue(world: World): Promise<string> {
  const Attributes = { VisibilityTimeout: String(VISIBILITY_SECONDS) };
  return (await world.call('SQS', 'CreateQueue', { QueueName: 'work', Attributes })).QueueUrl;
}

/** Takes all there is now, in batches of ten; `work` answers each. @returns how many there were. */
async function takeAll(world: World, queueUrl: string, work: (token: string) => void): Promise<number> {
  for (let taken = 0; ; ) {
    const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10 };
    const { Messages = [] } = await world.call('SQS', 'ReceiveMessage', request);
    if (Messages.length === 0) return taken;
    taken += Messages.length;
    for (const { Body } of Messages) work(JSON.parse(Body).token);
    const Entries = Messages.map(({ ReceiptHandle }: { ReceiptHandle: string }, i: number) => ({
      Id: `${i}`,
      ReceiptHandle,
    }));
    await world.call('SQS', 'DeleteMessageBatch', { QueueUrl: queueUrl, Entries });
  }
}

/** Answers tasks at once until `tasks` of them are done. */
export async function answerAtOnce(world: World, queueUrl: string, tasks: number): Promise<void> {
  const output = JSON.stringify({ ok: true });
  for (let done = 0; done < tasks; ) {
    await world.run(() => false, { deadline: world.fabric.clock.now() });
    const answers: Promise<unknown>[] = [];
    const taken = await takeAll(world, queueUrl, (taskToken) =>
      answers.push(world.call('SFN', 'SendTaskSuccess', { taskToken, output })),
    );
    if (taken === 0) throw new Error(`${done} of ${tasks} tasks were offered`);
    await Promise.all(answers);
    done += taken;
  }
  await world.run(() => false, { deadline: world.fabric.clock.now() });
}

/** Answers each task after `taskMs` of virtual time, with a heartbeat every `beatMs`, until `tasks` of them are done. */
export async function answerInTime(
  world: World,
  queueUrl: string,
  tasks: number,
  { taskMs, beatMs }: { readonly taskMs: number; readonly beatMs: number },
): Promise<void> {
  const { clock, timers, turns } = world.fabric;
  const output = JSON.stringify({ ok: true });
  const failures: unknown[] = [];
  let done = 0;
  const later = (ms: number, act: () => Promise<unknown>) =>
    timers.set(clock.now() + ms, () => turns.afterCommit(() => void act().catch((error) => failures.push(error))));
  const work = (taskToken: string) => {
    for (let at = beatMs; at < taskMs; at += beatMs) {
      later(at, () => world.call('SFN', 'SendTaskHeartbeat', { taskToken }));
    }
    later(taskMs, async () => {
      await world.call('SFN', 'SendTaskSuccess', { taskToken, output });
      done++;
    });
  };
  const stepMs = taskMs / 4;
  while (done < tasks && failures.length === 0) {
    await world.run(() => false, { deadline: clock.now() });
    await takeAll(world, queueUrl, work);
    await world.run(() => done === tasks, { deadline: clock.now() + stepMs });
  }
  if (failures.length > 0) throw failures[0];
  await world.run(() => false, { deadline: clock.now() + stepMs });
}
