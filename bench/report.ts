// bench/RESULTS.md from the results of a run.

import type { CaseResult, Figure } from './case.ts';
import { goalLines } from './goals.ts';
import type { Machine } from './machine.ts';

export interface Part {
  readonly title: string;
  readonly result: CaseResult | { readonly failure: string };
}

export interface Report {
  readonly machine: Machine;
  readonly loadAtEnd: number;
  /** ISO day. */
  readonly day: string;
  readonly quick: boolean;
  readonly parts: readonly Part[];
}

export function reportText({ machine, loadAtEnd, day, quick, parts }: Report): string {
  const { cpu, cores, memoryGiB, system, node, load } = machine;
  const lines = [
    '# Measured',
    '',
    `Written by \`npm run bench${quick ? ' -- --quick' : ''}\` on ${day}: ${cpu}, ${cores} cores, ${memoryGiB.toFixed(1)} GiB, ${system}, Node ${node}.`,
    `Load of the machine (one minute) ${load.toFixed(1)} at the start, ${loadAtEnd.toFixed(1)} at the end; the bench itself uses one core.`,
    '',
    'Each figure is the median of several runs after a warm-up, with the least and the most. "By CPU" reckons the same median by the CPU time',
    'this process used instead of the wall clock: compare these when the load was higher than one. Subjects that are compared ran in turn, in one process;',
    'ratios are taken run by run. Nothing here is asserted by a test. *Durable* is a file with WAL, synchronous=FULL and one commit a turn.',
    '',
  ];
  const measured = parts.flatMap(({ result }) => ('failure' in result ? [] : [result]));
  if (parts.length > 1) lines.push('## Goals', '', ...goalLines(measured));
  for (const { title, result } of parts) {
    lines.push(`## ${title}`, '');
    if ('failure' in result) lines.push(`Not measured: ${result.failure}`, '');
    else lines.push(...table(result.figures), ...(result.text ?? []));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function table(figures: readonly Figure[]): string[] {
  if (figures.length === 0) return [];
  const rows = figures.map(({ name, unit, median, min, max, runs, byCpu, note }) =>
    [
      name,
      unit,
      shown(median),
      `${shown(min)} – ${shown(max)}`,
      byCpu === undefined ? '' : shown(byCpu),
      `${runs}`,
      note ?? '',
    ].join(' | '),
  );
  return [
    '| what | unit | median | least – most | by CPU | runs | |',
    '|---|---|---:|---:|---:|---:|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ];
}

/** Three digits that say something; thousands with commas. */
function shown(value: number): string {
  if (value >= 1_000) return Math.round(Number(value.toPrecision(3))).toLocaleString('en');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
