import { describe, expect, it } from '@jest/globals';
import type { Fabric, Service } from '../../../local/service.ts';
import { openWorld } from '../../../local/world.ts';

const START = 1_000_000;
const virtual = { clock: { kind: 'virtual', start: START } } as const;

/** A service that does what it is told, to see the loop from inside. */
function probe(perform: (input: { what: string }, fabric: Fabric) => unknown) {
  return (fabric: Fabric): Service[] => [
    { name: 'Probe', operations: { Do: (input) => perform(input, fabric) }, boot: () => {} },
  ];
}

describe('virtual time', () => {
  it('moves from timer to timer, in order, and the result says why it stopped', async () => {
    const world = await openWorld(virtual);
    const { clock, timers } = world.fabric;
    const seen: [string, number][] = [];
    timers.set(START + 20, () => seen.push(['b', clock.now()]));
    timers.set(START + 10, () => {
      seen.push(['a', clock.now()]);
      timers.set(START + 20, () => seen.push(['c', clock.now()]));
    });
    timers.set(START + 1000, () => seen.push(['d', clock.now()]));
    expect(await world.run(() => seen.length === 2)).toBe('done');
    expect(await world.run(() => false, { deadline: START + 500 })).toBe('deadline');
    expect(clock.now()).toBe(START + 500);
    expect(await world.run(() => false)).toBe('idle');
    expect(seen).toEqual([
      ['a', START + 10],
      ['b', START + 20],
      ['c', START + 20],
      ['d', START + 1000],
    ]);
    await world.close();
  });

  it('does not move while promises are still being followed, however long the chain', async () => {
    const world = await openWorld({ ...virtual, services: probe(() => ({})) });
    const { clock, timers } = world.fabric;
    timers.set(START + 10, () => {});
    const times: number[] = [];
    const caller = (async () => {
      for (let i = 0; i < 50; i++) {
        await world.call('Probe', 'Do', { what: 'x' });
        for (let n = 0; n < 20; n++) await Promise.resolve();
        times.push(clock.now());
      }
    })();
    await world.run(() => times.length === 50);
    await caller;
    expect(new Set(times)).toEqual(new Set([START]));
    await world.close();
  });

  it('does not move before promises are followed that were left when run was called', async () => {
    const world = await openWorld({ ...virtual, services: probe(() => ({})) });
    const { clock, timers, turns } = world.fabric;
    timers.set(START + 10, () => {});
    let seen = 0;
    const chain = async () => {
      for (let n = 0; n < 20; n++) await Promise.resolve();
      turns.defer(() => {
        seen = clock.now();
      });
    };
    turns.afterCommit(() => void chain());
    await world.call('Probe', 'Do', {});
    await world.run(() => false);
    expect([seen, clock.now()]).toEqual([START, START + 10]);
    await world.close();
  });

  it('does not move while somebody holds it', async () => {
    const world = await openWorld(virtual);
    const { clock, timers } = world.fabric;
    timers.set(START + 10, () => {});
    const release = world.hold();
    let seen = 0;
    setTimeout(() => {
      seen = clock.now();
      release();
    }, 30);
    await world.run(() => false);
    expect([seen, clock.now()]).toEqual([START, START + 10]);
    await world.close();
  });

  it('is stopped with an error when a million turns pass in one instant', async () => {
    const world = await openWorld(virtual);
    const { turns } = world.fabric;
    const again = () => turns.afterCommit(() => turns.defer(again));
    turns.defer(again);
    await expect(world.run(() => false)).rejects.toThrow('time stands still at 1970-01-01T00:16:40.000Z');
    await world.close();
  }, 30_000);

  it('answers calls without being run, but then time does not move', async () => {
    const world = await openWorld({ ...virtual, services: probe(() => ({ ok: true })) });
    expect(await world.call('Probe', 'Do', {})).toEqual({ ok: true });
    world.fabric.timers.set(START + 1, () => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(world.fabric.clock.now()).toBe(START);
    await world.close();
  });
});

describe('real time', () => {
  it('rings timers and answers calls, and run waits for what it is told', async () => {
    const world = await openWorld({ clock: { kind: 'real' }, services: probe(() => ({ ok: true })) });
    const { clock, timers } = world.fabric;
    const seen: string[] = [];
    timers.set(clock.now() + 30, () => seen.push('later'));
    timers.set(clock.now() + 10, () => seen.push('sooner'));
    expect(await world.call('Probe', 'Do', {})).toEqual({ ok: true });
    expect(await world.run(() => seen.length === 2)).toBe('done');
    expect(seen).toEqual(['sooner', 'later']);
    expect(await world.run(() => false, { deadline: clock.now() + 20 })).toBe('deadline');
    await world.close();
  });
});

describe('an error inside a turn', () => {
  it.each([virtual, { clock: { kind: 'real' } } as const])(
    'ends the world: run rejects with it, calls are refused',
    async (options) => {
      const world = await openWorld({ ...options, services: probe(() => ({})) });
      const running = world.run(() => false);
      world.fabric.turns.defer(() => {
        throw new Error('a bug of ours');
      });
      await expect(running).rejects.toThrow('a bug of ours');
      await expect(world.call('Probe', 'Do', {})).rejects.toThrow('a bug of ours');
      await world.close();
    },
  );

  it('inside an operation is answered as InternalServerError, and the world goes on', async () => {
    const logged: unknown[] = [];
    const world = await openWorld({
      ...virtual,
      onLog: (entry) => logged.push(entry.kind),
      services: probe(({ what }) => {
        if (what === 'bug') throw new TypeError('undefined is not a function');
        return { ok: true };
      }),
    });
    await expect(world.call('Probe', 'Do', { what: 'bug' })).rejects.toMatchObject({
      name: 'InternalServerError',
      status: 500,
    });
    expect(logged).toContain('service-fault');
    expect(await world.call('Probe', 'Do', { what: 'fine' })).toEqual({ ok: true });
    await world.close();
  });
});

describe('a closed world', () => {
  it('refuses calls and runs, and may be closed again', async () => {
    const world = await openWorld(virtual);
    const running = world.run(() => false, { deadline: START + 1 });
    await running;
    await world.close();
    await world.close();
    await expect(world.call('SQS', 'ListQueues', {})).rejects.toThrow('the world is closed');
    await expect(world.run(() => true)).rejects.toThrow('the world is closed');
  });
});

describe('what is not offered', () => {
  it('is refused by name', async () => {
    const world = await openWorld(virtual);
    await expect(world.call('Kinesis', 'PutRecord', {})).rejects.toThrow('the service Kinesis is not offered here');
    await expect(world.call('SQS', 'StartMessageMoveTask', {})).rejects.toThrow(
      'SQS.StartMessageMoveTask is not offered here',
    );
    await expect(world.call('SQS', 'constructor', {})).rejects.toThrow('SQS.constructor is not offered here');
    await world.close();
  });
});
