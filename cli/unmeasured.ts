// What a run could not measure: every figure of its artifacts that says so, put together by the reason it gives.

import { unmeasuredIn } from '../agents/drafting/unmeasured-in.ts';
import { getEnvelope, listArtifacts } from '../store/artifacts.ts';
import type { Stage } from './stage.ts';

export interface NotMeasured {
  readonly reason: string;
  /** Such as `A11yAudit.violations`, in order. */
  readonly figures: readonly string[];
}

export async function notMeasured(stage: Pick<Stage, 'table' | 'bucket'>, runId: string): Promise<NotMeasured[]> {
  const byReason = new Map<string, Set<string>>();
  for (const row of await listArtifacts(stage.table, runId)) {
    const { content } = await getEnvelope(stage.bucket, runId, row);
    for (const { pointer, reason } of unmeasuredIn(content)) {
      byReason.set(reason, (byReason.get(reason) ?? new Set()).add(`${row.type}.${figureAt(pointer)}`));
    }
  }
  return [...byReason].map(([reason, figures]) => ({ reason, figures: [...figures].sort() }));
}

/** `/rows/3/outcome` -> `rows.outcome`: items of a list count as one figure. */
const figureAt = (pointer: string): string =>
  pointer
    .replace(/\/\d+(?=\/|$)/g, '')
    .slice(1)
    .replaceAll('/', '.');

export function notMeasuredLines(all: readonly NotMeasured[]): string[] {
  if (all.length === 0) return [];
  return ['', 'not measured:', ...all.map(({ reason, figures }) => `- ${figures.join(', ')}: ${reason}`)];
}
