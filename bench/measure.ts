// Runs work several times after a warm-up and makes figures of it: median, least and most. Nothing is asserted.

import type { Figure } from './case.ts';

export interface Trial {
  /** Pieces of work done. */
  readonly count: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Times one piece of work that does `count` things; garbage left by what came before is collected first. */
export async function timed(count: number, work: () => unknown): Promise<Trial> {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { count, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** Runs the subjects in turn, so that what else the machine does hits all of them alike. */
export async function sideBySide<Name extends string>(
  runs: number,
  warmUps: number,
  subjects: Readonly<Record<Name, () => Promise<Trial>>>,
): Promise<Record<Name, Trial[]>> {
  const names = Object.keys(subjects) as Name[];
  const trials = Object.fromEntries(names.map((name) => [name, [] as Trial[]])) as Record<Name, Trial[]>;
  for (let run = -warmUps; run < runs; run++) {
    for (const name of names) {
      const trial = await subjects[name]();
      if (run >= 0) trials[name].push(trial);
    }
  }
  return trials;
}

export async function repeat(runs: number, warmUps: number, once: () => Promise<Trial>): Promise<Trial[]> {
  return (await sideBySide(runs, warmUps, { once })).once;
}

/** Things per second. */
export function rate(name: string, unit: string, trials: readonly Trial[], note?: string): Figure {
  return {
    ...spread(
      name,
      unit,
      trials.map(({ count, seconds }) => count / seconds),
    ),
    byCpu: median(trials.map(({ count, cpuSeconds }) => count / cpuSeconds)),
    note,
  };
}

/** Time per thing, in `unit`s of which `perSecond` make a second. */
export function cost(name: string, unit: string, perSecond: number, trials: readonly Trial[], note?: string): Figure {
  return {
    ...spread(
      name,
      unit,
      trials.map(({ count, seconds }) => (seconds * perSecond) / count),
    ),
    byCpu: median(trials.map(({ count, cpuSeconds }) => (cpuSeconds * perSecond) / count)),
    note,
  };
}

/** How many times as fast the first is as the second, run by run. */
export function ratio(name: string, first: readonly Trial[], second: readonly Trial[], note?: string): Figure {
  const speed = ({ count, seconds }: Trial) => count / seconds;
  const byCpu = ({ count, cpuSeconds }: Trial) => count / cpuSeconds;
  return {
    ...spread(
      name,
      '×',
      first.map((trial, i) => speed(trial) / speed(second[i] as Trial)),
    ),
    byCpu: median(first.map((trial, i) => byCpu(trial) / byCpu(second[i] as Trial))),
    note,
  };
}

export function spread(name: string, unit: string, values: readonly number[], note?: string): Figure {
  return {
    name,
    unit,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    runs: values.length,
    note,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
