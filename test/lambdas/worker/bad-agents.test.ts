// Whatever an agent does, its task ends in a named error that is on record, its execution is told, and nothing is lost.

import { afterEach, describe, expect, it } from '@jest/globals';
import type { AgentResult } from '../../../agents/sdk/agent.ts';
import type { AgentContext } from '../../../agents/sdk/context.ts';
import { Stopped } from '../../../lambdas/worker/stop.ts';
import { type Bench, gate, openBench } from './bench.ts';

let bench: Bench;
afterEach(() => bench.tables.world.close());

const lastCode = async (): Promise<string | undefined> => (await bench.row()).failures.at(-1)?.code;
const cyclic = (): object => {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
};
const returns = (value: unknown) => async (): Promise<AgentResult> => value as AgentResult;
const MEGABYTE = 'x'.repeat(1024 * 1024);

describe('an agent that', () => {
  it.each<[string, (ctx: AgentContext) => Promise<AgentResult>, string]>([
    ['hands back nothing', returns(undefined), 'IdeaMine.AgentBroken'],
    ['hands back null', returns(null), 'IdeaMine.AgentBroken'],
    ['hands back a text', returns('done!'), 'IdeaMine.AgentBroken'],
    ['hands back a list of artifacts', returns({ artifacts: [] }), 'IdeaMine.AgentBroken'],
    ['hands back no artifacts', returns({ done: true }), 'IdeaMine.AgentBroken'],
    ['says done with a number', returns({ artifacts: {}, done: 1 }), 'IdeaMine.AgentBroken'],
    ['makes a cycle', returns({ artifacts: { IdeaSpec: cyclic() } }), 'IdeaMine.AgentBroken'],
    ['makes what is not a number', returns({ artifacts: { IdeaSpec: { n: Number.NaN } } }), 'IdeaMine.AgentBroken'],
    ['makes 10 MB', returns({ artifacts: { IdeaSpec: { text: MEGABYTE.repeat(10) } } }), 'IdeaMine.AgentBroken'],
    ['keeps a cycle as a step', (ctx) => ctx.step('x', cyclic).then(() => ({ artifacts: {} })), 'IdeaMine.BadInput'],
    [
      'keeps a cycle as a checkpoint',
      (ctx) => ctx.checkpoint(cyclic() as never).then(() => ({ artifacts: {} })),
      'IdeaMine.BadInput',
    ],
    ['reports NaN', (ctx) => ctx.progress(Number.NaN).then(() => ({ artifacts: {} })), 'IdeaMine.AgentBroken'],
    ['throws a text', () => Promise.reject('no'), 'IdeaMine.Unknown'],
    ['throws nothing', () => Promise.reject(undefined), 'IdeaMine.Unknown'],
    ['throws an error of its own', () => Promise.reject(new TypeError('no')), 'IdeaMine.Unknown'],
  ])('%s ends in a named error', async (_, run, code) => {
    bench = await openBench({ run });
    await bench.deliver();
    expect(await bench.row()).toMatchObject({ status: 'failed' });
    expect(await lastCode()).toBe(code);
    expect(bench.said.at(-1)).toContain(`fail token-1 ${code}`);
    expect((await bench.row()).token).toBeUndefined();
  });

  it('never returns is given up for not getting on', async () => {
    bench = await openBench({ run: () => gate().opened.then(() => ({ artifacts: {} })) });
    const done = bench.deliver({}, 900_000);
    await bench.clock.advance(12 * 60_000);
    await done;
    expect(await lastCode()).toBe('IdeaMine.Plateau');
  });

  it('goes on after it has returned is not heard any more', async () => {
    const late = gate();
    let refused: unknown;
    let after: Promise<void> | undefined;
    bench = await openBench({
      async run(ctx) {
        after = late.opened
          .then(() => ctx.step('late', () => 1))
          .then(() => undefined)
          .catch((error) => {
            refused = error;
          });
        return { artifacts: {} };
      },
    });
    await bench.deliver();
    const row = await bench.row();
    late.open();
    await after;
    expect(refused).toBeInstanceOf(Stopped);
    expect(await bench.row()).toEqual(row);
    expect(row.status).toBe('committed');
  });
});
