// The agent's context on a real worker: every call goes through the lease.

import type { AgentContext, AgentLog, AgentModel } from '../../agents/sdk/context.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json } from '../../core/json.ts';
import type { Bucket } from '../../store/objects.ts';
import type { Table } from '../../store/table.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { Breakers } from './breakers.ts';
import type { Inputs } from './inputs.ts';
import type { Keeper } from './lease-keeper.ts';
import type { Memo } from './memo.ts';
import { performEffect } from './outside.ts';
import type { Saves } from './saves.ts';
import { keepWorkspace } from './tool-workspace.ts';
import type { CallTool } from './tools.ts';

export interface ContextParts {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly now: () => string;
  readonly row: TaskRow;
  readonly inputs: Inputs;
  readonly keeper: Keeper;
  readonly memo: Memo;
  readonly saves: Saves;
  /** What the last checkpoint of an interrupted attempt held. */
  readonly saved: Json | null;
  readonly model: AgentModel;
  /** Names the model's circuit breaker. */
  readonly modelName: string;
  readonly breakers: Breakers;
  readonly callTool: CallTool;
  readonly log: AgentLog;
}

export function createContext(parts: ContextParts): AgentContext {
  const { row, keeper, memo, saves } = parts;
  return {
    runId: row.runId,
    phase: row.phase,
    attempt: row.attempt,
    round: row.round,
    agent: row.agent,
    task: row.task,
    shard: parts.inputs.shard,
    strict: row.strict,
    resumed: memo.resumed,
    input: parts.inputs.input,
    saved: parts.saved,
    step: (name, fn) => keeper.watch.during(() => memo.step(name, fn)),
    effect: (name, effect) => keeper.watch.during(() => performEffect(parts, keeper, name, effect)),
    checkpoint: (data) => keeper.watch.during(() => saves.offer(JSON.parse(canonicalJson(data)) as Json)),
    async progress(fraction) {
      keeper.signal.throwIfAborted();
      if (!(fraction >= 0 && fraction <= 1)) {
        throw new IdeaMineError('IdeaMine.AgentBroken', `progress: expected 0 to 1, found ${fraction}`);
      }
      keeper.progress(fraction);
    },
    model: {
      writes: parts.model.writes,
      draft: (request) =>
        keeper.watch.during(() => parts.breakers.guard(parts.modelName, () => parts.model.draft(request))),
    },
    workspace: (files) => keeper.watch.during(() => keepWorkspace(parts.bucket, row.runId, files)),
    tool: (name, input) => keeper.watch.during(() => parts.callTool(name, input)),
    signal: keeper.signal,
    log: parts.log,
  };
}
