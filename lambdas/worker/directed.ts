// What a new attempt tells its agents: what the last gate found in their artifacts, and what was answered since.

import type { Agent } from '../../agents/sdk/agent.ts';
import { usable } from '../../core/clarification/knowledge.ts';
import { issuesFor, noDirections } from '../../core/gates/directions.ts';
import { getAttempt } from '../../store/attempts.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Table } from '../../store/table.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { knowledgeOf } from '../aggregate/clarified.ts';
import type { Inputs } from './inputs.ts';

/** A first attempt has nothing behind it, so its row is not read. */
export async function directed(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  row: TaskRow,
  agent: Agent,
  inputs: Inputs,
): Promise<Inputs> {
  if (row.attempt === 1) return inputs;
  const attempt = await getAttempt(table, row.runId, row.phase, row.attempt);
  if (attempt === undefined) return inputs;
  const directions = attempt.directions ?? noDirections;
  return {
    ...inputs,
    input: {
      ...inputs.input,
      directions: { ...directions, issues: issuesFor(directions, agent.makes) },
      knowledge: usable(await knowledgeOf(bucket, attempt)),
    },
  };
}
