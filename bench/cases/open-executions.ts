// Open executions: the memory of 1,000 of them, and how long 10,000 take to be taken up again after the process ended.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createQueue } from '../callbacks.ts';
import type { BenchCase, CaseResult, Options } from '../case.ts';
import { callback } from '../definitions.ts';
import { type Engine, openEngine } from '../engine.ts';
import { cost, repeat, spread, timed } from '../measure.ts';

/** Opens `count` executions that wait for a token. */
async function openMany(engine: Engine, count: number): Promise<void> {
  const queueUrl = await createQueue(engine.world);
  const machine = await engine.createMachine('waiting', callback(queueUrl));
  for (let i = 0; i < count; i += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, j) => engine.start(machine, { item: i + j })));
    await engine.world.run(() => false, { deadline: engine.world.fabric.clock.now() });
  }
}

function memory(): { heap: number; resident: number } {
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

async function run(options: Options): Promise<CaseResult> {
  const count = options.quick ? 1_000 : 10_000;
  const heaps: number[] = [];
  const residents: number[] = [];
  for (let i = 0; i < (options.quick ? 2 : 3); i++) {
    const engine = await openEngine('memory');
    await openMany(engine, 100);
    await engine.close();
    const measured = await openEngine('memory');
    const before = memory();
    await openMany(measured, count);
    const after = memory();
    heaps.push((after.heap - before.heap) / count / 1024);
    residents.push((after.resident - before.resident) / count / 1024);
    await measured.close();
  }
  const dir = mkdtempSync(join(tmpdir(), 'ideamine-bench-'));
  try {
    const file = join(dir, 'store.sqlite');
    const first = await openEngine('durable', file);
    await openMany(first, count);
    await first.close();
    const recoveries = await repeat(options.quick ? 2 : 5, 1, async () => {
      let engine: Engine | undefined;
      const trial = await timed(1, async () => {
        engine = await openEngine('durable', file);
        await engine.world.run(() => false, { deadline: engine.world.fabric.clock.now() });
      });
      await engine?.close();
      return trial;
    });
    const open = `${count.toLocaleString('en')} open executions`;
    return {
      figures: [
        spread(
          'JavaScript heap per 1,000 open executions',
          'MiB',
          heaps.map(mebiOfThousand),
          `with ${open}, waiting for a token`,
        ),
        spread(
          'resident memory per 1,000 open executions',
          'MiB',
          residents.slice(0, 1).map(mebiOfThousand),
          'the first run, SQLite in memory included: later ones reuse what the allocator kept',
        ),
        cost(
          `recovery of ${open}`,
          'ms',
          1000,
          recoveries,
          'opening the file until all of them stand where they stood',
        ),
      ],
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const mebiOfThousand = (kibiOfOne: number) => (kibiOfOne * 1000) / 1024;

export const openExecutions: BenchCase = { name: 'open', title: 'Open executions', run };
