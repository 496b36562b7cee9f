// A task that beats but does not get on is found by its progress; the next try works differently; what a try had kept
// comes back to the agent.

import { afterEach, expect, it } from '@jest/globals';
import type { AgentContext } from '../../../agents/sdk/context.ts';
import { outboxKey } from '../../../store/keys.ts';
import type { OutboxRow } from '../../../store/outbox.ts';
import { putObject } from '../../../store/payload.ts';
import { getRow } from '../../../store/table.ts';
import { retryTask } from '../../../store/task-outcome.ts';
import { type Bench, gate, INVOCATION_MS, openBench } from './bench.ts';

let bench: Bench;
afterEach(() => bench.tables.world.close());

const plateau = () => getRow<OutboxRow>(bench.tables.table, outboxKey('r1', 'plateau.intake#01#001#001#intake.1.1'));

it('gives up a hung agent whose worker beats, within ten beats, and says what it saw', async () => {
  bench = await openBench({ run: () => gate().opened.then(() => ({ artifacts: {} })) });
  const done = bench.deliver({}, 900_000);
  await bench.clock.advance(11 * 60_000);
  await done;
  expect(await bench.row()).toMatchObject({ status: 'failed', failures: [{ code: 'IdeaMine.Plateau' }] });
  expect(bench.said.at(-1)).toContain('fail token-1 IdeaMine.Plateau');
  expect((await plateau())?.events).toMatchObject([{ type: 'task.plateau', task: 'intake#01#001#001#intake' }]);
});

it('gives up an agent that says itself that it hardly gets on', async () => {
  bench = await openBench({
    async run(ctx) {
      for (let beat = 0; beat < 9; beat += 1) {
        await ctx.progress(0.3 + beat * 0.001);
        await new Promise<void>((resolve) => bench.clock.timers.after(61_000, resolve));
      }
      return { artifacts: {} };
    },
  });
  const done = bench.deliver({}, 900_000);
  await bench.clock.advance(7 * 60_000);
  await done;
  expect(await bench.row()).toMatchObject({ status: 'failed', failures: [{ code: 'IdeaMine.Plateau' }] });
  expect((await plateau())?.events?.[0]?.detail?.progress).toBeCloseTo(0.304, 3);
});

it('works through a smaller batch pass by pass, each with its own steps, and puts the parts together', async () => {
  const passes: unknown[] = [];
  const run = async (ctx: AgentContext) => {
    const items = ctx.shard?.items ?? [];
    passes.push(items);
    await ctx.step('work', () => null);
    return { artifacts: { UserStories: { stories: [...items] } }, done: true };
  };
  bench = await openBench({ run });
  const made = await putObject(bench.tables.bucket, 'r1', { UserStories: { stories: [1, 2, 3, 4] } });
  await bench.tables.world.close();
  const shard = { index: 0, count: 1, over: 'UserStories.stories', start: 0, end: 4 };
  bench = await openBench({ run, task: { shard, made } });
  await putObject(bench.tables.bucket, 'r1', { UserStories: { stories: [1, 2, 3, 4] } });
  const retry = { delaySeconds: 0, strict: false, move: {}, failures: [], batchSize: 2 };
  await retryTask(bench.tables.table, await bench.row(), retry, { id: 'x', at: bench.clock.now() });
  await bench.deliver({ try: 2 });
  expect(passes).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(await bench.row()).toMatchObject({ status: 'committed', done: true });
});

it('gives an agent back what its checkpoint kept', async () => {
  const seen: unknown[] = [];
  const stuck = gate();
  bench = await openBench({
    async run(ctx) {
      seen.push(ctx.saved);
      if (ctx.saved !== null) return { artifacts: {} };
      await ctx.checkpoint({ page: 7 });
      await stuck.opened;
      return { artifacts: {} };
    },
  });
  const first = bench.deliver();
  await bench.clock.advance(INVOCATION_MS - 60_000);
  await first;
  await bench.deliver({ continuation: 1 });
  expect(seen).toEqual([null, { page: 7 }]);
});
