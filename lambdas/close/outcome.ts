// How a run ended, from its phases and from what ended it.

import type { Pipeline } from '../../core/pipeline/model.ts';
import type { PhaseRow } from '../../store/phases.ts';

export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** For people. */
  readonly cause: string;
}

/** @param stoppedBy why the execution ended from outside; undefined when it came to its end. */
export function outcomeOf(pipeline: Pipeline, rows: readonly PhaseRow[], stoppedBy: string | undefined): Outcome {
  const open = pipeline.phases.filter(
    ({ id }) => !rows.some(({ phase, status }) => phase === id && status === 'handed-on'),
  );
  if (open.length === 0) return { status: 'SUCCEEDED', cause: succeeded(rows) };
  const reasons = open.flatMap(({ id }) => reasonOf(rows.find(({ phase }) => phase === id)));
  const unreached = open.filter(({ id }) => !rows.some(({ phase }) => phase === id)).map(({ id }) => id);
  if (unreached.length > 0) reasons.push(`not reached: ${unreached.join(', ')}`);
  return { status: 'FAILED', cause: [...(stoppedBy === undefined ? [] : [stoppedBy]), ...reasons].join('; ') };
}

function reasonOf(row: PhaseRow | undefined): string[] {
  if (row === undefined) return [];
  return [
    row.status === 'failed'
      ? `${row.phase} failed: ${row.reason ?? 'no reason is on record'}`
      : `${row.phase} did not end`,
  ];
}

function succeeded(rows: readonly PhaseRow[]): string {
  const advised = rows
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ phase, verdict }) => `${phase} (${verdict})`);
  return advised.length === 0 ? 'every phase passed its gate' : `handed on without passing: ${advised.join(', ')}`;
}
