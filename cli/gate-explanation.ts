// A gate's report in words.

import type { Explained } from './commands/gate.ts';

export function explanation({ runId, phase, attempt, report, recomputed }: Explained): string[] {
  const score = report.score === null ? 'no score' : `score ${report.score}`;
  return [
    `${phase.phase} of ${runId}, attempt ${attempt.attempt}: ${report.verdict}, ${score}, at least ${report.minimum} wanted, certainty ${report.certainty}`,
    `phase: ${phase.status}${phase.verdict === undefined ? '' : `, ${phase.verdict}`}`,
    '',
    'Guards: one that is broken fails the gate whatever the score.',
    ...report.guards.flatMap(({ id, status, required, parameters, detail }) => [
      `  ${status === 'held' ? '✓' : status === 'broken' ? '✗' : '?'} ${id} ${parameters === '{}' ? '' : parameters}${required === true ? '' : ` (${required})`}`,
      `      ${status}: ${detail}`,
    ]),
    '',
    'Criteria: the score is the sum of each score times its share.',
    ...report.criteria.flatMap(
      ({ id, kind, weight, counted, score: own, status, detail, evidence, formula, findings }) => [
        `  ${id} (${kind}): ${own ?? status}, weight ${weight}, share ${counted}${own === null ? '' : `, gives ${Math.round(own * counted * 1e6) / 1e6}`}`,
        `      evidence: ${evidence}`,
        `      formula:  ${formula}`,
        `      numbers:  ${detail}${findings > 0 ? `; ${findings} found` : ''}`,
      ],
    ),
    ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => `note: ${note}`)] : []),
    '',
    ...(report.verdict === 'passed'
      ? ['It passed: every guard that is required holds and the score is at least the minimum.']
      : ['It failed:', ...report.reasons.map((reason) => `  ${reason}`)]),
    ...fixesOf(attempt),
    '',
    SAID[recomputed],
  ];
}

const SAID = {
  same: 'Recomputed from the kept artifacts: the same report.',
  different: 'Recomputed from the kept artifacts: NOT the same report.',
  replaced: 'Not recomputed: a later attempt took the place of its artifacts.',
} as const;

function fixesOf({ remedies = [], verdict }: Explained['attempt']): string[] {
  if (verdict === 'passed' || remedies.length === 0) return [];
  return [
    '',
    'Issues and their fixes:',
    ...remedies.map(({ issue, fix, automatic, because }) => {
      const done = automatic ? 'the next attempt carries it out' : `left to people${because ? `: ${because}` : ''}`;
      return `  ${issue}\n      ${fix}: ${done}`;
    }),
  ];
}
