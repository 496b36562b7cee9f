// A worker on a bench: the store is the local DynamoDB and S3, time is moved by hand, Step Functions and the queue are
// recorders that can be told how to answer.

import type { ModelProvider } from '../../../agents/models/provider.ts';
import type { Agent, AgentResult } from '../../../agents/sdk/agent.ts';
import type { AgentContext } from '../../../agents/sdk/context.ts';
import type { Pipeline } from '../../../core/pipeline/model.ts';
import type { Heard, Tokens } from '../../../lambdas/clients/sfn.ts';
import type { WorkMessage } from '../../../lambdas/messages.ts';
import { cachedPipelines } from '../../../lambdas/pinned.ts';
import type { Log } from '../../../lambdas/serve.ts';
import { createBreakers } from '../../../lambdas/worker/breakers.ts';
import { keepObjects } from '../../../lambdas/worker/kept-objects.ts';
import type { ToolBuilds } from '../../../lambdas/worker/tools.ts';
import { type WorkerDeps, work } from '../../../lambdas/worker/work.ts';
import { getTask, type PlannedTask, planTask, type TaskRow } from '../../../store/task-row.ts';
import { openTables, START, type Tables } from '../../store/tables.ts';
import { plannedTask } from '../../store/tasks.ts';
import { type HandClock, handClock } from '../hand-clock.ts';
import { openSmallRun } from '../small-run.ts';

export interface Bench {
  readonly tables: Tables;
  readonly clock: HandClock;
  readonly deps: WorkerDeps;
  /** What was said to Step Functions, in order: `succeed token`, `fail token code cause`, `beat token`. */
  readonly said: string[];
  /** How Step Functions answers a beat. */
  answerBeat: Heard;
  /** Messages that were put back. */
  readonly sent: WorkMessage[];
  /** Lines of the log, with their data. */
  readonly logged: string[];
  row(): Promise<TaskRow>;
  message(change?: Partial<WorkMessage>): WorkMessage;
  /** Resolves when the clock was moved that far. */
  sleep(ms: number): Promise<void>;
  /** Works on a message as one invocation would. */
  deliver(message?: Partial<WorkMessage>, remainingMs?: number): Promise<void>;
}

export interface BenchOptions {
  readonly run: (ctx: AgentContext) => Promise<AgentResult>;
  readonly provider?: ModelProvider;
  readonly task?: Partial<PlannedTask>;
  readonly pipeline?: Pipeline;
  readonly builds?: ToolBuilds;
}

/** An invocation; shorter than the silence after which an agent counts as hung. */
export const INVOCATION_MS = 540_000;

export async function openBench(options: BenchOptions): Promise<Bench> {
  const tables = await openTables();
  await openSmallRun(tables, options.pipeline);
  const task = plannedTask({ task: 'intake', agent: 'intake', ...options.task });
  await planTask(tables.table, task, START);
  const clock = handClock();
  const said: string[] = [];
  const sent: WorkMessage[] = [];
  const logged: string[] = [];
  let invocations = 0;
  const log = logInto(logged);
  const agent: Agent = {
    id: 'intake',
    title: 'Intake',
    workerClass: 'models',
    reads: ['Idea'],
    makes: ['IdeaSpec'],
    run: options.run,
  };
  const tokens: Tokens = {
    async beat(token) {
      said.push(`beat ${token}`);
      return bench.answerBeat;
    },
    async succeed(token) {
      said.push(`succeed ${token}`);
      return 'heard';
    },
    async fail(token, error, cause) {
      said.push(`fail ${token} ${error} ${cause}`);
      return 'heard';
    },
  };
  const deps: WorkerDeps = {
    table: tables.table,
    bucket: tables.bucket,
    tokens,
    queues: {
      async send(_workerClass, message) {
        sent.push(message);
      },
    },
    timers: clock.timers,
    now: clock.now,
    pipelines: cachedPipelines(tables.bucket),
    keep: keepObjects(),
    breakers: createBreakers(tables.table, clock.now),
    findAgent: (id) => (id === 'intake' ? agent : undefined),
    findProvider: () => options.provider ?? noProvider,
    builds: options.builds,
    floorMs: 60_000,
  };
  const bench: Bench = {
    tables,
    clock,
    deps,
    said,
    sent,
    logged,
    answerBeat: 'heard',
    row: async () => (await getTask(tables.table, task)) as TaskRow,
    message(change = {}) {
      const { runId, phase, attempt, round, wave } = task;
      return { contract: 1, token: 'token-1', runId, phase, attempt, round, wave, task: task.task, try: 1, ...change };
    },
    sleep: (ms) => new Promise((resolve) => clock.timers.after(ms, resolve)),
    deliver(message = {}, remainingMs = INVOCATION_MS) {
      invocations += 1;
      return work(deps, bench.message(message), { owner: `invocation-${invocations}`, remainingMs }, log);
    },
  };
  return bench;
}

const noProvider: ModelProvider = {
  id: 'none',
  worstCase: () => ({ tokens: 0, usdMicros: 0 }),
  generate: () => Promise.reject(new Error('this agent asks no model')),
};

function logInto(lines: string[]): Log {
  const write = (...parts: unknown[]): void => {
    lines.push(JSON.stringify(parts));
  };
  return { info: write, warn: write, error: write } as unknown as Log;
}

/** A provider with a price, that counts its calls. */
export function pricedProvider(worst: { tokens: number; usdMicros: number }): ModelProvider & { calls: number } {
  return {
    id: 'priced',
    calls: 0,
    worstCase: () => worst,
    async generate() {
      this.calls += 1;
      return {
        value: { text: 'a tool shed' },
        tokens: { input: 30, output: 10, cached: 0 },
        usdMicros: 25,
        provider: 'priced',
        model: 'm-1',
      };
    },
  };
}

/** Something a test lets go of when it wants to. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
