// The rates of the specification's section 10, through the real store functions and the SDK's clients bound to a world.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchCase, CaseResult, Figure, Options } from '../case.ts';
import { callback } from '../definitions.ts';
import { type Durability, openEngine } from '../engine.ts';
import { cost, rate, repeat, timed } from '../measure.ts';
import { openTaskStore, type TaskStore } from '../task-store.ts';

const MESSAGE = { runId: 'bench', phase: 'story-loop', attempt: 1, round: 1, wave: 1, try: 1 };
/** What an agent of some size may leave for its resumption. */
const CHECKPOINT = {
  done: Array.from({ length: 200 }, (_, i) => ({ story: `story-${i}`, text: 'as a user I want '.repeat(4) })),
};

async function run(options: Options): Promise<CaseResult> {
  const figures: Figure[] = [];
  for (const durability of ['memory', 'durable'] as const) figures.push(...(await measure(durability, options)));
  return { figures };
}

async function measure(durability: Durability, { quick }: Options): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-bench-'));
  const engine = await openEngine(durability, durability === 'durable' ? join(dir, 'store.sqlite') : undefined);
  try {
    const store = await openTaskStore(engine.world);
    const where = durability === 'memory' ? 'in memory' : 'durable';
    const runs = quick ? 2 : 5;
    const each = quick ? 50 : 300;
    const messages = quick ? 200 : 2_000;
    let made = 0;
    const one = (act: () => Promise<unknown>, count = each) =>
      repeat(runs, 1, () =>
        timed(count, async () => {
          for (let i = 0; i < count; i++) await act();
        }),
      );
    const queue = await repeat(runs, 1, () => timed(messages, () => passThrough(store, messages)));
    const enqueue = await one(async () => {
      const name = store.taskName(++made);
      await store.plan(name);
      // The same work planned again leaves the row and sends nothing.
      if (!(await store.plan(name))) await store.send({ ...MESSAGE, task: name.task });
    });
    const lease = await store.claim(store.taskName(++made));
    const checkpoint = await one(() => store.checkpoint(lease, CHECKPOINT));
    const machine = await engine.createMachine('waiting', callback(store.queueUrl));
    await engine.start(machine, {});
    await engine.world.run(() => false, { deadline: engine.world.fabric.clock.now() });
    const token = await store.receiveToken();
    const beat = await one(() => store.beat(lease, token));
    return [
      rate(`queue, ${where}`, 'messages/s', queue, 'sent one by one, ten senders; received and deleted by tens'),
      cost(`enqueue with dedupe, ${where}`, 'ms', 1000, enqueue, 'row planned, a second plan refused, message sent'),
      cost(
        `checkpoint save, ${where}`,
        'ms',
        1000,
        checkpoint,
        `${Math.round(JSON.stringify(CHECKPOINT).length / 1024)} KiB under the lease`,
      ),
      cost(`heartbeat, ${where}`, 'ms', 1000, beat, 'the row under its lease, then SendTaskHeartbeat'),
    ];
  } finally {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function passThrough(store: TaskStore, messages: number): Promise<void> {
  const senders = 10;
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (let i = 0; i < messages / senders; i++) await store.send(MESSAGE);
    }),
  );
  for (let taken = 0; taken < messages; ) taken += await store.takeTen();
}

export const rates: BenchCase = { name: 'rates', title: 'Rates of the specification, section 10', run };
