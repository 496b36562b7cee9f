// Tasks that wait for a token, and nested executions: what the pipeline's machines are made of.

import { answerAtOnce, createQueue } from '../callbacks.ts';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { callback, mapOf, nested, threePasses } from '../definitions.ts';
import { type Durability, openEngine } from '../engine.ts';
import { rate, repeat, timed } from '../measure.ts';

async function run(options: Options): Promise<CaseResult> {
  const tasks = options.quick ? 200 : 2_000;
  const runs = options.quick ? 2 : 5;
  const callbacks = (durability: Durability) =>
    repeat(runs, 1, async () => {
      const engine = await openEngine(durability);
      const queueUrl = await createQueue(engine.world);
      const machine = await engine.createMachine('tasks', mapOf(tasks, 'DISTRIBUTED', callback(queueUrl)).definition);
      const trial = await timed(tasks, async () => {
        const execution = await engine.start(machine, mapOf(tasks, 'DISTRIBUTED').input);
        await answerAtOnce(engine.world, queueUrl, tasks);
        await engine.expectSuccess(execution);
      });
      await engine.close();
      return trial;
    });
  const nestings = (durability: Durability) =>
    repeat(runs, 1, async () => {
      const engine = await openEngine(durability);
      const child = await engine.createMachine('child', threePasses());
      const map = mapOf(tasks, 'INLINE', nested(child));
      const machine = await engine.createMachine('parent', map.definition);
      const trial = await timed(tasks, async () => {
        const execution = await engine.start(machine, map.input);
        await engine.settle();
        await engine.expectSuccess(execution);
      });
      await engine.close();
      return trial;
    });
  return {
    figures: [
      rate(
        'callback tasks, in memory',
        'tasks/s',
        await callbacks('memory'),
        'message sent, received, answered, deleted',
      ),
      rate('callback tasks, durable', 'tasks/s', await callbacks('durable')),
      rate('nested executions (.sync:2), in memory', 'executions/s', await nestings('memory'), 'of 3 states each'),
      rate('nested executions (.sync:2), durable', 'executions/s', await nestings('durable')),
    ],
  };
}

export const tasks: BenchCase = { name: 'tasks', title: 'Callback tasks and nested executions', run };
