// One run of 10,000 tasks over 50 virtual hours on the engine alone: a distributed Map of callback tasks, 200 side by side,
// an hour of work each, a heartbeat every 15 minutes.

import { answerInTime, createQueue } from '../callbacks.ts';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { callback } from '../definitions.ts';
import { type Durability, openEngine } from '../engine.ts';
import { cost, rate, repeat, timed } from '../measure.ts';

const HOUR_MS = 3_600_000;

async function run(options: Options): Promise<CaseResult> {
  const hours = 50;
  const wide = options.quick ? 20 : 200;
  const tasks = hours * wide;
  let virtualHours = 0;
  const runs = (durability: Durability) =>
    // On a file every run waits for tens of thousands of commits: it is made once, and cold.
    repeat(
      options.quick || durability === 'durable' ? 1 : 3,
      options.quick || durability === 'durable' ? 0 : 1,
      async () => {
        const engine = await openEngine(durability);
        const { world } = engine;
        const queueUrl = await createQueue(world);
        const machine = await engine.createMachine('run', {
          StartAt: 'Tasks',
          States: {
            Tasks: {
              Type: 'Map',
              MaxConcurrency: wide,
              ItemProcessor: {
                ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
                ...callback(queueUrl),
              },
              ResultPath: null,
              End: true,
            },
          },
        });
        const began = world.fabric.clock.now();
        const trial = await timed(1, async () => {
          const execution = await engine.start(
            machine,
            Array.from({ length: tasks }, (_, i) => i),
          );
          await answerInTime(world, queueUrl, tasks, { taskMs: HOUR_MS, beatMs: HOUR_MS / 4 });
          await engine.expectSuccess(execution);
        });
        virtualHours = (world.fabric.clock.now() - began) / HOUR_MS;
        await engine.close();
        return trial;
      },
    );
  const named = `${tasks.toLocaleString('en')} tasks in one run`;
  const memory = await runs('memory');
  const durable = await runs('durable');
  const inHours = memory.map((trial) => ({ ...trial, count: virtualHours }));
  return {
    figures: [
      cost(
        `${named}, in memory`,
        's',
        1,
        memory,
        `${virtualHours.toFixed(1)} virtual hours, ${wide} side by side, 3 heartbeats a task`,
      ),
      rate('its virtual time, in memory', 'virtual hours/s', inHours),
      cost(`${named}, durable`, 's', 1, durable),
    ],
  };
}

export const longRun: BenchCase = { name: 'long-run', title: 'A long run', run };
