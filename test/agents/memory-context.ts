// Runs agents without a worker: phases in order, waves and aggregation as the scheduler gives them, steps memoised in a
// map that a test may keep to resume from, and may cut short to interrupt a task.

import { findAgent } from '../../agents/catalogue.ts';
import { checkedDraft, modelRequest } from '../../agents/models/draft.ts';
import type { ModelProvider } from '../../agents/models/provider.ts';
import type { AgentResult } from '../../agents/sdk/agent.ts';
import type { AgentContext, AgentInput, Shard } from '../../agents/sdk/context.ts';
import { IdeaMineError } from '../../core/errors.ts';
import { canonicalJson, type Json, sha256 } from '../../core/json.ts';
import type { Phase, Pipeline } from '../../core/pipeline/model.ts';
import { aggregate } from '../../core/scheduling/aggregate.ts';
import type { TaskSpec } from '../../core/scheduling/task-spec.ts';
import { wavesOf } from '../../core/scheduling/waves.ts';

export type Contents = Record<string, Json>;

/** Thrown in place of the next step, as a killed worker would leave it. */
export class Interrupted extends Error {}

export interface TaskRun {
  readonly task: TaskSpec;
  readonly phase: Phase;
  readonly round: number;
  readonly contents: Contents;
  readonly previous: Json | null;
  readonly idea: string;
  readonly provider: ModelProvider;
  readonly strict?: boolean;
}

export interface TaskRecord {
  /** Step results by name, in the order they were made. */
  readonly memo: Map<string, Json>;
  readonly progress: number[];
  /** Artifacts a model was asked for. */
  readonly drafted: Set<string>;
  tokens: number;
}

export function newRecord(): TaskRecord {
  return { memo: new Map(), progress: [], drafted: new Set(), tokens: 0 };
}

/** @param stepsLeft how many steps may run before the task is interrupted. */
export async function runTask(
  run: TaskRun,
  record: TaskRecord,
  stepsLeft = Number.POSITIVE_INFINITY,
): Promise<AgentResult> {
  let left = stepsLeft;
  const names = new Set<string>();
  const input = inputOf(run);
  const ctx: AgentContext = {
    runId: 'run',
    phase: run.phase.id,
    attempt: 1,
    round: run.round,
    agent: run.task.agent,
    task: run.task.id,
    shard: shardOf(run),
    strict: run.strict ?? false,
    saved: null,
    resumed: [...record.memo.keys()].at(-1) ?? null,
    input,
    async step<T>(name: string, fn: () => Promise<T> | T): Promise<T> {
      if (names.has(name)) throw new Error(`step ${name} is named twice`);
      names.add(name);
      const known = record.memo.get(name);
      if (known !== undefined) return structuredClone(known) as T;
      if (left === 0) throw new Interrupted(name);
      left -= 1;
      const result = JSON.parse(canonicalJson(await fn())) as Json;
      record.memo.set(name, result);
      return structuredClone(result) as T;
    },
    effect: () => Promise.reject(new Error('no effects here')),
    checkpoint: async () => {},
    async progress(fraction) {
      record.progress.push(fraction);
    },
    model: {
      writes: run.provider.id !== 'offline',
      async draft(request) {
        record.drafted.add(request.artifact);
        const asked = modelRequest(request, { input, strict: run.strict ?? false });
        const bound = run.provider.worstCase(asked);
        const { value, tokens } = await run.provider.generate(asked, new AbortController().signal);
        if (tokens.input + tokens.output > bound.tokens) throw new Error('the answer cost more than its bound');
        record.tokens += tokens.input + tokens.output;
        return checkedDraft(value, request);
      },
    },
    workspace: async (files) => {
      const text = canonicalJson(files as unknown as Json);
      return { sha256: sha256(text), bytes: Buffer.byteLength(text) };
    },
    async tool(name) {
      if (!run.task.tools.includes(name)) throw new IdeaMineError('IdeaMine.ToolDenied', `${name} is not allowed`);
      return { status: 'unmeasured', reason: 'no tool runs in memory' };
    },
    signal: new AbortController().signal,
    log: { info() {}, warn() {} },
  };
  return findAgent(run.task.agent).run(ctx);
}

function inputOf({ contents, idea, previous }: TaskRun): AgentInput {
  return {
    idea,
    artifact<T>(type: string): T {
      if (!Object.hasOwn(contents, type)) throw new Error(`nobody has made ${type}`);
      return structuredClone(contents[type]) as T;
    },
    has: (type) => Object.hasOwn(contents, type),
    previous,
  };
}

function shardOf({ task, contents }: TaskRun): Shard | null {
  if (task.shard === null) return null;
  const { over, index, count, start, end } = task.shard;
  return { index, count, items: listAt(contents, over).slice(start, end) };
}

function listAt(contents: Contents, over: string): Json[] {
  return over.split('.').reduce<Json>((value, key) => (value as Contents)[key] as Json, contents) as Json[];
}

interface FinishedTask {
  readonly run: TaskRun;
  readonly record: TaskRecord;
  readonly result: AgentResult;
}

export interface FinishedPhase {
  readonly phase: Phase;
  readonly rounds: number;
  readonly contents: Contents;
  readonly tasks: readonly FinishedTask[];
}

const MOST_ROUNDS = 100;

/** Every phase once, in the pipeline's order, without gates. */
export async function runPipeline(pipeline: Pipeline, idea: string, provider: ModelProvider): Promise<FinishedPhase[]> {
  const handedOn: Contents = {};
  const finished: FinishedPhase[] = [];
  for (const phase of pipeline.phases) {
    const done = await runPhase(phase, needsOf(phase, handedOn), idea, provider);
    Object.assign(handedOn, done.contents);
    finished.push(done);
  }
  return finished;
}

function needsOf(phase: Phase, handedOn: Contents): Contents {
  return Object.fromEntries(Object.entries(handedOn).filter(([type]) => phase.needs.includes(type)));
}

async function runPhase(phase: Phase, needs: Contents, idea: string, provider: ModelProvider): Promise<FinishedPhase> {
  const tasks: FinishedTask[] = [];
  let previous: Json | null = null;
  for (let round = 1; ; round += 1) {
    if (round > MOST_ROUNDS) throw new Error(`${phase.id} does not end`);
    const own: FinishedTask[] = [];
    for (const wave of wavesOf(phase, lengthsOf(phase, needs))) {
      const contents = { ...needs, ...made(phase, own) };
      for (const task of wave.tasks) {
        const run = { task, phase, round, contents, previous, idea, provider };
        const record = newRecord();
        own.push({ run, record, result: await runTask(run, record) });
      }
    }
    tasks.push(...own);
    const contents = made(phase, own);
    const isDone = own.some(({ result }) => result.done === true);
    if (phase.mode.kind !== 'iterative' || isDone) return { phase, rounds: round, contents, tasks };
    previous = contents;
  }
}

function lengthsOf(phase: Phase, needs: Contents): Record<string, number> {
  const lists = phase.agents.flatMap(({ shard }) => (shard === undefined ? [] : [shard.over]));
  return Object.fromEntries(lists.map((over) => [over, listAt(needs, over).length]));
}

function made(phase: Phase, tasks: readonly FinishedTask[]): Contents {
  const order = phase.agents.map(({ id }) => id);
  const results = [...tasks]
    .sort((a, b) => order.indexOf(a.run.task.agent) - order.indexOf(b.run.task.agent))
    .map(({ result }) => JSON.parse(canonicalJson(result.artifacts)) as Json);
  return aggregate(phase.aggregation, results) as Contents;
}
