// Model calls of a task: the worst case is reserved from the task's share before the call, the real cost settled after
// it. A call that the share does not cover is refused, never made.

import { checkedDraft, modelRequest } from '../../agents/models/draft.ts';
import type { ModelProvider, ModelRequest, ModelResponse } from '../../agents/models/provider.ts';
import type { AgentInput, AgentModel } from '../../agents/sdk/context.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Table } from '../../store/table.ts';
import { getTask, type TaskRow } from '../../store/task-row.ts';
import { type AnsweredBy, type Cost, reserve, settle } from '../../store/task-spending.ts';
import type { Keeper } from './lease-keeper.ts';
import type { Pace } from './pace.ts';
import { Stopped } from './stop.ts';

export interface ModelDeps {
  readonly table: Table;
  readonly keeper: Keeper;
  readonly provider: ModelProvider;
  readonly pace: Pace;
  readonly input: AgentInput;
  readonly strict: boolean;
}

export function createModel(deps: ModelDeps): AgentModel {
  return {
    async draft(request) {
      const asked = modelRequest(request, deps.input, deps.strict);
      const worst = deps.provider.worstCase(asked);
      await deps.pace.beforeCall();
      await reserveOrRefuse(deps, worst);
      const answer = await generate(deps, asked, worst);
      const real = { tokens: answer.tokens.input + answer.tokens.output, usdMicros: answer.usdMicros };
      await settleUnderLease(deps, worst, real, { provider: answer.provider, model: answer.model });
      return checkedDraft(answer.value, request);
    },
  };
}

async function generate(deps: ModelDeps, asked: ModelRequest, worst: Cost): Promise<ModelResponse> {
  try {
    return await deps.provider.generate(asked, deps.keeper.signal);
  } catch (error) {
    // A call that failed may have been billed: where money is at stake the worst case is charged.
    if (!deps.keeper.signal.aborted) {
      await settleUnderLease(deps, worst, worst.usdMicros > 0 ? worst : { tokens: 0, usdMicros: 0 });
    }
    throw error;
  }
}

async function reserveOrRefuse({ table, keeper }: ModelDeps, worst: Cost): Promise<void> {
  const { lease } = keeper;
  const row = await keeper.write(() => reserve(table, lease, worst));
  if (row !== undefined) return;
  const now = await getTask(table, lease.name);
  if (!holds(now, lease.epoch)) {
    keeper.stop('lost');
    throw new Stopped('lost');
  }
  throw new IdeaMineError(
    'IdeaMine.Budget',
    `task ${lease.name.task}: a call may cost ${worst.tokens} tokens and ${worst.usdMicros} micro-USD, its share has ` +
      `${now?.freeTokens} tokens and ${now?.freeUsdMicros} micro-USD left`,
  );
}

async function settleUnderLease({ table, keeper }: ModelDeps, worst: Cost, real: Cost, by?: AnsweredBy): Promise<void> {
  const row = await keeper.write(() => settle(table, keeper.lease, worst, real, by));
  if (row === undefined) {
    keeper.stop('lost');
    throw new Stopped('lost');
  }
}

const holds = (row: TaskRow | undefined, epoch: number): boolean => row?.status === 'claimed' && row.epoch === epoch;
