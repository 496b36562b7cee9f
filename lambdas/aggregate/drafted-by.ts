// Which model drafted which artifact, by the steps the round's tasks have kept: a resumed task asks nobody again, and
// its steps still tell. An artifact nobody drafted was derived, whatever else its agent asked a model for.

import { draftedIn } from '../../agents/drafting/draft-step.ts';
import type { Bucket } from '../../store/objects.ts';
import { loadSteps } from '../../store/steps.ts';
import type { Table } from '../../store/table.ts';
import type { TaskRow } from '../../store/task-row.ts';

type Model = NonNullable<TaskRow['model']>;

/** By artifact type. `agents` are those that made something of it, in declared order: the last that drafted it counts. */
export async function draftedBy(
  deps: { readonly table: Table; readonly bucket: Bucket },
  rows: readonly TaskRow[],
  agents: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, Model>> {
  const asked = rows.filter((row) => row.status === 'committed' && row.model !== undefined);
  const drafts = await Promise.all(
    asked.map(async (row) => {
      const worked = { ...row, attempt: row.workedIn ?? row.attempt };
      const steps = await loadSteps(deps.table, deps.bucket, worked, row.strict ? 'strict' : 'plain');
      return { row, types: draftedIn(steps.map(({ name }) => name)) };
    }),
  );
  const models = new Map<string, Model>();
  for (const [type, makers] of Object.entries(agents)) {
    for (const agent of makers) {
      const drafter = drafts.findLast(({ row, types }) => row.agent === agent && types.includes(type));
      if (drafter?.row.model !== undefined) models.set(type, drafter.row.model);
    }
  }
  return models;
}
