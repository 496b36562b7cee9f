// What the tasks of a round have made, put together in declared order: of agents, then of shards.

import type { Json } from '../core/json.ts';
import type { Phase } from '../core/pipeline/model.ts';
import { aggregate } from '../core/scheduling/aggregate.ts';
import type { Bucket } from '../store/objects.ts';
import { getObject } from '../store/payload.ts';
import type { TaskRow } from '../store/task-row.ts';

/** Contents by artifact type. */
export type Contents = { [type: string]: Json };

export interface Made {
  readonly contents: Contents;
  /** Agents that made something of each type, in declared order. */
  readonly agents: Readonly<Record<string, readonly string[]>>;
}

/** Of the committed ones among `rows`; the others made nothing. */
export async function madeBy(bucket: Bucket, phase: Phase, rows: readonly TaskRow[]): Promise<Made> {
  const committed = inDeclaredOrder(phase, rows).filter(
    (row) => row.status === 'committed' && row.result !== undefined,
  );
  const results = await Promise.all(
    committed.map(async (row) => ({
      row,
      contents: (row.result === undefined ? {} : await getObject(bucket, row.runId, row.result)) as Contents,
    })),
  );
  const agents: Record<string, string[]> = {};
  for (const { row, contents } of results) {
    for (const type of Object.keys(contents)) {
      const known = agents[type] ?? [];
      if (!known.includes(row.agent)) agents[type] = [...known, row.agent];
    }
  }
  return {
    contents: aggregate(
      phase.aggregation,
      results.map(({ contents }) => contents),
    ) as Contents,
    agents,
  };
}

function inDeclaredOrder(phase: Phase, rows: readonly TaskRow[]): TaskRow[] {
  const place = new Map(phase.agents.map((agent, index) => [agent.id, index]));
  return rows.toSorted(
    (a, b) => (place.get(a.agent) ?? 0) - (place.get(b.agent) ?? 0) || (a.shard?.index ?? 0) - (b.shard?.index ?? 0),
  );
}
