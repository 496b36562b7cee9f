// Whether a transition costs the same in the first thousand events and in the last, and with 10 and 10,000 executions open.

import { createQueue } from '../callbacks.ts';
import type { BenchCase, CaseResult, Figure, Options } from '../case.ts';
import { callback, choiceLoop } from '../definitions.ts';
import { openEngine } from '../engine.ts';
import { cost, sideBySide, timed } from '../measure.ts';

const EVENTS_A_ROUND = 4;

async function run(options: Options): Promise<CaseResult> {
  return { figures: [...(await byEvents(options)), ...(await byOpen(options))] };
}

async function byEvents(options: Options): Promise<Figure[]> {
  const engine = await openEngine('memory');
  const lengths = [1_000, 5_000, 10_000, 24_900];
  const work = 100_000;
  const machine = await engine.createMachine('loop', choiceLoop(1).definition);
  const subjects = Object.fromEntries(
    lengths.map((events) => {
      const { input, transitions } = choiceLoop(Math.floor(events / EVENTS_A_ROUND) - 1);
      const executions = Math.ceil(work / events);
      return [
        events,
        () =>
          timed(executions * transitions, async () => {
            for (let i = 0; i < executions; i++) {
              const execution = await engine.start(machine, input);
              await engine.settle();
              await engine.expectSuccess(execution);
            }
          }),
      ];
    }),
  );
  const trials = await sideBySide(options.quick ? 2 : 7, 2, subjects);
  await engine.close();
  return lengths.map((events) =>
    cost(`a transition, executions of ${events.toLocaleString('en')} events`, 'µs', 1e6, trials[events] ?? []),
  );
}

async function byOpen(options: Options): Promise<Figure[]> {
  const counts = options.quick ? [10, 1_000] : [10, 100, 1_000, 10_000];
  const measured = choiceLoop(2_500);
  const figures: Figure[] = [];
  for (const durability of ['memory', 'durable'] as const) {
    const engines = await Promise.all(counts.map(() => openEngine(durability)));
    const subjects: Record<string, () => Promise<Awaited<ReturnType<typeof timed>>>> = {};
    for (const [i, count] of counts.entries()) {
      const engine = engines[i] as (typeof engines)[number];
      const waiting = await engine.createMachine('waiting', callback(await createQueue(engine.world)));
      for (let at = 0; at < count; at += 10) {
        await Promise.all(Array.from({ length: 10 }, () => engine.start(waiting, {})));
        await engine.world.run(() => false, { deadline: engine.world.fabric.clock.now() });
      }
      const machine = await engine.createMachine('loop', measured.definition);
      subjects[count] = () =>
        timed(4 * measured.transitions, async () => {
          for (let n = 0; n < 4; n++) {
            const execution = await engine.start(machine, measured.input);
            await engine.world.run(() => false, { deadline: engine.world.fabric.clock.now() });
            await engine.expectSuccess(execution);
          }
        });
    }
    const trials = await sideBySide(options.quick ? 2 : 7, 2, subjects);
    for (const engine of engines) await engine.close();
    const where = durability === 'memory' ? 'in memory' : 'durable';
    for (const count of counts) {
      figures.push(
        cost(`a transition, ${count.toLocaleString('en')} executions open, ${where}`, 'µs', 1e6, trials[count] ?? []),
      );
    }
  }
  return figures;
}

export const flatness: BenchCase = { name: 'flatness', title: 'Cost per transition', run };
