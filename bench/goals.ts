// What the engine is meant to reach, beside what was measured. Said, never asserted: a figure is of one machine and one hour.

import type { CaseResult, Figure } from './case.ts';

interface Goal {
  readonly what: string;
  readonly aim: string;
  /** Names of the figures it is read from. */
  readonly from: readonly string[];
  readonly reached: (...figures: readonly Figure[]) => { readonly shown: string; readonly met: boolean };
}

const digits = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const atLeast = (least: number) => (figure: Figure) => ({
  shown: `${digits(figure.median)} × (by CPU ${figure.byCpu === undefined ? 'unmeasured' : `${digits(figure.byCpu)} ×`})`,
  met: figure.median >= least,
});
const atMost = (most: number) => (figure: Figure) => ({
  shown: `${figure.median.toFixed(2)} ${figure.unit}`,
  met: figure.median < most,
});
/** By CPU, since a busy minute would look like a slope. */
const flat = (first: Figure, last: Figure) => {
  const growth = (last.byCpu ?? last.median) / (first.byCpu ?? first.median);
  return { shown: `${growth.toFixed(2)} × the cost, by CPU`, met: growth <= 1.2 };
};

const perSecond = (least: number) => (figure: Figure) => ({
  shown: `${digits(figure.median)} a second (by CPU ${figure.byCpu === undefined ? 'unmeasured' : digits(figure.byCpu)})`,
  met: figure.median >= least,
});

const GOALS: readonly Goal[] = [
  {
    what: 'Choice loop in memory, against the peer',
    aim: '1.5 ×',
    from: ['Choice loop, in memory : peer'],
    reached: atLeast(1.5),
  },
  {
    what: 'Pass loop in memory, against the peer',
    aim: '1.5 ×',
    from: ['Pass loop, in memory : peer'],
    reached: atLeast(1.5),
  },
  {
    what: 'inline Map, against the peer',
    aim: '2 ×',
    from: ['inline Map of 5,000, in memory : peer'],
    reached: atLeast(2),
  },
  {
    what: "distributed Map, against the peer's inline Map",
    aim: '2 ×',
    from: ['distributed Map of 10,000, in memory : peer'],
    reached: atLeast(2),
  },
  {
    what: 'Choice loop durable, against MiniStack',
    aim: '5 ×',
    from: ['Choice loop, durable : MiniStack'],
    reached: atLeast(5),
  },
  {
    what: 'a transition at 24,900 events, against 1,000',
    aim: 'flat',
    from: ['a transition, executions of 1,000 events', 'a transition, executions of 24,900 events'],
    reached: flat,
  },
  {
    what: 'a transition beside 10,000 open executions, against 10',
    aim: 'flat',
    from: ['a transition, 10 executions open, in memory', 'a transition, 10,000 executions open, in memory'],
    reached: flat,
  },
  {
    what: '10,000 tasks and 50 virtual hours',
    aim: 'under 5 s',
    from: ['10,000 tasks in one run, in memory'],
    reached: atMost(5),
  },
  {
    what: 'enqueue with dedupe, durable',
    aim: 'under 10 ms',
    from: ['enqueue with dedupe, durable'],
    reached: atMost(10),
  },
  { what: 'checkpoint save, durable', aim: 'under 50 ms', from: ['checkpoint save, durable'], reached: atMost(50) },
  { what: 'heartbeat, durable', aim: 'under 5 ms', from: ['heartbeat, durable'], reached: atMost(5) },
  {
    what: 'queue, durable',
    aim: 'over 1,000 messages/s',
    from: ['queue, durable'],
    reached: ({ median }) => ({ shown: `${Math.round(median).toLocaleString('en')} messages/s`, met: median > 1_000 }),
  },
  {
    what: 'simulated scenarios of the default draw, faults and invariants on',
    aim: '100 a second',
    from: ['scenarios of the default draw'],
    reached: perSecond(100),
  },
  {
    what: 'simulated scenarios of the built-in pipeline',
    aim: '20 a second',
    from: ['scenarios of the built-in pipeline'],
    reached: perSecond(20),
  },
];

/** A Markdown table; a goal whose figures are missing is unmeasured. */
export function goalLines(results: readonly CaseResult[]): string[] {
  const figures = new Map(results.flatMap((result) => result.figures.map((figure) => [figure.name, figure] as const)));
  const rows = GOALS.map(({ what, aim, from, reached }) => {
    const found = from.map((name) => figures.get(name));
    if (found.some((figure) => figure === undefined)) return `| ${what} | ${aim} | unmeasured | |`;
    const { shown, met } = reached(...(found as Figure[]));
    return `| ${what} | ${aim} | ${shown} | ${met ? 'yes' : 'no'} |`;
  });
  return ['| goal | aim | measured | met |', '|---|---|---|---|', ...rows, ''];
}
