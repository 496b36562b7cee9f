// What a committed task leaves in the outbox: one task entry with every step it took, one cost entry, one event.

import type { ArtifactRef } from '../../store/artifacts.ts';
import { taskPath } from '../../store/keys.ts';
import type { Outbox } from '../../store/outbox.ts';
import type { TaskRow } from '../../store/task-row.ts';
import { TOOL } from '../version.ts';
import type { Finished } from './finish.ts';

export function taskOutbox(row: TaskRow, at: string, finished: Finished, result: ArtifactRef): Outbox {
  const task = taskPath(row);
  const cost = {
    tokens: row.spentTokens,
    ...(row.cachedTokens === undefined ? {} : { cachedTokens: row.cachedTokens }),
    usdMicros: row.spentUsdMicros,
    modelCalls: row.modelCalls,
  };
  const common = { who: `agent:${row.agent}`, tool: TOOL, inputs: inputHashes(row) };
  return {
    id: `task.${task}`,
    at,
    entries: [
      {
        kind: 'task',
        ...common,
        body: {
          task,
          agent: row.agent,
          outcome: 'committed',
          tries: row.try,
          steps: finished.steps.map(({ name, runs }) => ({ name, runs })),
          result: result.sha256,
          model: row.model ?? null,
        },
      },
      { kind: 'cost', ...common, body: { task, phase: row.phase, agent: row.agent, ...cost } },
    ],
    events: [
      { type: 'phase.progress', phase: row.phase, task, detail: { agent: row.agent, round: row.round, ...cost } },
    ],
  };
}

function inputHashes(row: TaskRow): string[] {
  const more = [row.made, row.previous].filter((ref): ref is ArtifactRef => ref !== null);
  return [...Object.values(row.inputs), ...more].map((ref) => ref.sha256).sort();
}
