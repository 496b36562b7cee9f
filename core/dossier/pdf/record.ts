// What was measured of the run, typeset: when its phases ran, what they cost, who decided what.

import type { CostSummary } from '../../ledger/costs.ts';
import type { Decision, Measured } from '../model.ts';
import { inDuration, inMoment, inNumber, inUsd } from '../words.ts';
import { grid, type Node } from './node.ts';

const TRACK = 250;
const HEIGHT = 7;

/** Bars over the run's time: phases that overlap are seen to. */
export function timelineNode({ timeline, startedAt, endedAt }: Measured): Node {
  if (timeline.length === 0) return 'No phase began.';
  const from = Math.min(Date.parse(startedAt), ...timeline.map((span) => Date.parse(span.startedAt)));
  const to = Math.max(Date.parse(endedAt), ...timeline.map((span) => Date.parse(span.endedAt)), from + 1);
  const place = (iso: string) => ((Date.parse(iso) - from) / (to - from)) * TRACK;
  const rows = timeline.map((span): Node[] => {
    const x = Math.min(place(span.startedAt), TRACK - 1);
    const w = Math.max(1, Math.min(place(span.endedAt), TRACK) - x);
    const bars = [
      { type: 'rect', x: 0, y: 2, w: TRACK, h: HEIGHT, color: '#eef1f4' },
      { type: 'rect', x, y: 2, w, h: HEIGHT, color: '#2f5d8a' },
    ];
    return [span.title, { canvas: bars }, { text: inDuration(span.durationMs), alignment: 'right' }];
  });
  return [
    grid(['auto', TRACK, '*'], ['Phase', '', 'Duration'], rows),
    { text: `From ${inMoment(startedAt)} to ${inMoment(endedAt)}, UTC.`, style: 'quiet' },
  ];
}

/** @param titleOf how a phase is called, by its id. */
export function costsNode({ costs }: Measured, titleOf: (phase: string) => string): Node {
  const right = (text: string): Node => ({ text, alignment: 'right' });
  const row = (name: string, tasks: number, { tokens, usdMicros, modelCalls }: CostSummary['total']): Node[] => [
    name,
    right(inNumber(tasks)),
    right(inNumber(modelCalls)),
    right(inNumber(tokens)),
    right(inUsd(usdMicros)),
  ];
  const tasks = costs.byPhase.reduce((sum, phase) => sum + phase.tasks, 0);
  const rows = costs.byPhase.map((phase) => row(titleOf(phase.phase), phase.tasks, phase));
  return grid(
    ['*', 'auto', 'auto', 'auto', 'auto'],
    ['Phase', 'Tasks', 'Model calls', 'Tokens', 'Cost'],
    [...rows, row('Whole run', tasks, costs.total)],
  );
}

export function decisionsNode(decisions: readonly Decision[], titleOf: (phase: string) => string): Node {
  if (decisions.length === 0) return 'No decision is on the ledger.';
  const rows = decisions.map(({ seq, at, who, phase, decided, because }): Node[] => [
    { text: String(seq), alignment: 'right' },
    inMoment(at),
    phase === null ? 'Whole run' : titleOf(phase),
    decided,
    because,
    who,
  ]);
  return grid(
    ['auto', 'auto', 'auto', 'auto', '*', 'auto'],
    ['Entry', 'Time (UTC)', 'Phase', 'Decided', 'Because', 'By'],
    rows,
  );
}
