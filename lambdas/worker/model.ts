// Model calls of a task: the worst case is reserved from the task's share before the call, the real cost settled after
// it. A call that the share does not cover is refused, never made. An answer that does not fit its schema is repaired once.

import { fitting, modelRequest } from '../../agents/models/draft.ts';
import { isFailedCall } from '../../agents/models/failed-call.ts';
import type { AnsweredBy, CallCost, ModelProvider, ModelRequest, ModelResponse } from '../../agents/models/provider.ts';
import type { AgentInput, AgentModel, DraftRequest } from '../../agents/sdk/context.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { Table } from '../../store/table.ts';
import { getTask, type TaskRow } from '../../store/task-row.ts';
import { type Cost, reserve, settle } from '../../store/task-spending.ts';
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
  /** File name of the agent's own prompt, where it has one. */
  readonly prompt?: string;
  /** Gets every answer that was paid for, such as for a recording. */
  readonly onAnswer?: (request: ModelRequest, response: ModelResponse) => Promise<void>;
}

/** Characters of an answer that a repair shows the model again. */
const REPAIRED = 60_000;

export function createModel(deps: ModelDeps): AgentModel {
  return {
    writes: deps.provider.id !== 'offline',
    async draft(request) {
      const asked = modelRequest(request, deps);
      const first = await attempt(deps, asked, request);
      if ('value' in first) return first.value;
      if (deps.provider.repairs !== true) throw unfit(request.artifact, first.faults);
      const repair = { answer: first.answer.slice(0, REPAIRED), faults: first.faults };
      const second = await attempt(deps, { ...asked, repair }, request);
      if ('value' in second) return second.value;
      throw unfit(request.artifact, `after a repair: ${second.faults}`);
    },
  };
}

type Attempted<T> = { readonly value: T } | { readonly answer: string; readonly faults: string };

async function attempt<T>(deps: ModelDeps, asked: ModelRequest, request: DraftRequest<T>): Promise<Attempted<T>> {
  try {
    const response = await paidCall(deps, asked);
    const fit = fitting(response.value, request);
    return 'value' in fit ? fit : { ...fit, answer: JSON.stringify(response.value) };
  } catch (error) {
    if (!isFailedCall(error) || error.code !== 'IdeaMine.Schema') throw error;
    return { answer: error.answer ?? '', faults: error.message };
  }
}

const unfit = (artifact: string, faults: string): IdeaMineError =>
  new IdeaMineError('IdeaMine.Schema', `draft of ${artifact}: ${faults}`, { retryable: true });

async function paidCall(deps: ModelDeps, asked: ModelRequest): Promise<ModelResponse> {
  const { provider, keeper } = deps;
  const worst = provider.worstCase(asked);
  await deps.pace.beforeCall();
  await reserveOrRefuse(deps, worst);
  const response = await generate(deps, asked, worst);
  const { tokens, usdMicros } = response;
  const real = { tokens: tokens.input + tokens.output, cachedTokens: tokens.cached, usdMicros };
  await settleUnderLease(deps, worst, real, answeredBy(response));
  if (!keeper.signal.aborted) await deps.onAnswer?.(asked, response);
  return response;
}

const answeredBy = ({ provider, model, prompt, prices }: AnsweredBy): AnsweredBy => ({
  provider,
  model,
  ...(prompt === undefined ? {} : { prompt }),
  ...(prices === undefined ? {} : { prices }),
});

async function generate(deps: ModelDeps, asked: ModelRequest, worst: Cost): Promise<ModelResponse> {
  try {
    return await deps.provider.generate(asked, deps.keeper.signal);
  } catch (error) {
    if (!deps.keeper.signal.aborted) {
      const by = isFailedCall(error) ? error.by : undefined;
      await settleUnderLease(deps, worst, costOfFailure(error, worst), by && answeredBy(by));
    }
    throw error;
  }
}

/** What the provider says it cost. A call that failed otherwise may have been billed: then the worst case is charged. */
function costOfFailure(error: unknown, worst: Cost): CallCost {
  if (isFailedCall(error) && error.cost !== undefined) return error.cost;
  return worst.usdMicros > 0 ? { ...worst, cachedTokens: 0 } : { tokens: 0, cachedTokens: 0, usdMicros: 0 };
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

async function settleUnderLease(
  { table, keeper }: ModelDeps,
  worst: Cost,
  real: CallCost,
  by?: AnsweredBy,
): Promise<void> {
  const row = await keeper.write(() => settle(table, keeper.lease, worst, real, by));
  if (row === undefined) {
    keeper.stop('lost');
    throw new Stopped('lost');
  }
}

const holds = (row: TaskRow | undefined, epoch: number): boolean => row?.status === 'claimed' && row.epoch === epoch;
