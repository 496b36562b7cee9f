// What the tasks of a wave may read, and how long the lists are that they share out.

import type { Json } from '../../core/json.ts';
import { IDEA, type Phase } from '../../core/pipeline/model.ts';
import { type ArtifactRef, getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Table } from '../../store/table.ts';
import { listAt } from '../list-at.ts';
import type { Contents } from '../round-results.ts';

export interface Reads {
  /** Artifacts of earlier phases, by type; those that were not made are not there. */
  readonly handedOn: Readonly<Record<string, ArtifactRef>>;
  /** Items of each list that is shared out; 0 for one that an earlier wave has yet to make. */
  readonly lengths: Readonly<Record<string, number>>;
}

export async function readsOf(
  deps: { readonly table: Table; readonly bucket: Bucket },
  runId: string,
  phase: Phase,
  made: Contents,
): Promise<Reads> {
  const needs = new Set(phase.needs.filter((type) => type !== IDEA));
  const rows = (await listArtifacts(deps.table, runId)).filter((row) => needs.has(row.type));
  const handedOn = Object.fromEntries(rows.map(({ type, sha256, bytes }) => [type, { sha256, bytes }]));
  const lists = [...new Set(phase.agents.flatMap((agent) => (agent.shard === undefined ? [] : [agent.shard.over])))];
  const contents = new Map<string, Json>(Object.entries(made));
  for (const type of lists.map((over) => over.split('.')[0] ?? '')) {
    const ref = handedOn[type];
    if (ref !== undefined && !contents.has(type)) {
      contents.set(type, (await getEnvelope(deps.bucket, runId, ref)).content);
    }
  }
  return {
    handedOn,
    lengths: Object.fromEntries(lists.map((over) => [over, listAt(contents, over)?.length ?? 0])),
  };
}
