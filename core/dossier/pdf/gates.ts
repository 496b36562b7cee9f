// The gates of all phases, typeset: a table of verdicts, then each report.

import type { CriterionReport, GateReport, GuardReport } from '../../gates/report.ts';
import type { WholePhase } from '../whole.ts';
import { asTitle, inPercent } from '../words.ts';
import { chapter, facts, grid, heading, list, type Node, type Tone, tag } from './node.ts';

const TONE: Readonly<Record<WholePhase['verdict'], Tone>> = {
  passed: 'good',
  approved: 'good',
  waived: 'warn',
  advised: 'warn',
  failed: 'bad',
  unfinished: 'bad',
  'not reached': 'bad',
};

const GUARD_TONE: Readonly<Record<GuardReport['status'], Tone>> = { held: 'good', broken: 'bad', unmeasured: 'warn' };

const scoreText = (score: number | null): string => (score === null ? '–' : inPercent(score));

export function gatesChapter(phases: readonly WholePhase[]): Node[] {
  const rows = phases.map(({ title, verdict, score, minimum, report, attempts }): Node[] => [
    title,
    { text: [tag(verdict, TONE[verdict])] },
    number(scoreText(score)),
    number(inPercent(minimum)),
    number(report === null ? '–' : inPercent(report.certainty)),
    number(String(attempts)),
  ]);
  return [
    chapter('Gates'),
    'The score is the weighted mean of the criteria. Certainty is the share of the evidence asked for that was there. A broken guard fails a gate whatever its score.',
    grid(
      ['*', 'auto', 'auto', 'auto', 'auto', 'auto'],
      ['Phase', 'Verdict', 'Score', 'At least', 'Certainty', 'Attempts'],
      rows,
    ),
    ...phases.flatMap((phase) => (phase.report === null ? [] : gateNodes(phase, phase.report))),
  ];
}

/** On one line, whatever the column's width. */
const number = (text: string): Node => ({ text: text.replaceAll(' ', '\u00a0'), alignment: 'right' });

function gateNodes(phase: WholePhase, report: GateReport): Node[] {
  const waiver = Object.entries(phase.waiver ?? {}).map(([name, value]) => [asTitle(name), value] as const);
  return [
    heading([phase.title, '  ', tag(phase.verdict, TONE[phase.verdict])]),
    ...(waiver.length === 0 ? [] : [facts(waiver)]),
    grid(
      ['auto', 'auto', 'auto', 'auto', '*'],
      ['Criterion', 'Kind', 'Weight', 'Score', 'Evidence'],
      report.criteria.map(criterionRow),
    ),
    ...(report.guards.length === 0 ? [] : [list(report.guards.map(guardNode))]),
    ...(report.issues.length === 0
      ? []
      : [list(report.issues.map(({ text, fix }) => ({ text: [text, { text: `  ${asTitle(fix)}`, style: 'cite' }] })))]),
    ...report.notes.map((note) => ({ text: `${note}.`, style: 'quiet' })),
  ];
}

function criterionRow({ id, kind, counted, status, score, detail }: CriterionReport): Node[] {
  const result: Node =
    status === 'measured'
      ? number(scoreText(score))
      : { text: [tag(status === 'inapplicable' ? 'not applicable' : status, 'warn')] };
  return [asTitle(id), kind, number(inPercent(counted)), result, detail];
}

const guardNode = ({ id, status, detail, required }: GuardReport): Node => ({
  text: [
    tag(status, GUARD_TONE[status]),
    `  ${asTitle(id)}${required === 'when-available' ? ' (when available)' : ''}: ${detail}`,
  ],
});
