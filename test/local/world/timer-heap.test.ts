import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TimerHeap } from '../../../local/world/timer-heap.ts';

function drain(heap: TimerHeap): void {
  for (let timer = heap.take(); timer; timer = heap.take()) timer.work();
}

describe('the timer heap', () => {
  it('gives timers by time, then by order of setting, without the cancelled ones', () => {
    const timer = fc.record({ at: fc.integer({ min: 0, max: 20 }), cancelled: fc.boolean() });
    fc.assert(
      fc.property(fc.array(timer, { maxLength: 300 }), (timers) => {
        const heap = new TimerHeap();
        const order: number[] = [];
        const set = timers.map(({ at }, index) => heap.set(at, () => order.push(index)));
        timers.forEach(({ cancelled }, index) => {
          if (cancelled) set[index]?.cancel();
        });
        drain(heap);
        const expected = timers
          .map((timer, index) => ({ ...timer, index }))
          .filter(({ cancelled }) => !cancelled)
          .sort((x, y) => x.at - y.at || x.index - y.index)
          .map(({ index }) => index);
        expect(order).toEqual(expected);
      }),
    );
  });

  it('keeps its order when most timers are cancelled and others are set meanwhile', () => {
    const heap = new TimerHeap();
    const order: number[] = [];
    const set = Array.from({ length: 500 }, (_, at) => heap.set(at, () => order.push(at)));
    for (let at = 0; at < 500; at++) if (at % 7 !== 0) set[at]?.cancel();
    heap.set(3, () => order.push(-3));
    drain(heap);
    expect(order).toEqual([...order].sort((x, y) => Math.abs(x) - Math.abs(y)));
    expect(order).toContain(-3);
    expect(order).toHaveLength(73);
  });

  it('tells when a timer is set before all others', () => {
    const told: (number | undefined)[] = [];
    const heap: TimerHeap = new TimerHeap(() => told.push(heap.first()));
    heap.set(10, () => {});
    heap.set(20, () => {});
    heap.set(5, () => {}).cancel();
    expect(told).toEqual([10, 5]);
    expect(heap.first()).toBe(10);
  });

  it('refuses a time that is none', () => {
    expect(() => new TimerHeap().set(Number.NaN, () => {})).toThrow(RangeError);
  });
});
