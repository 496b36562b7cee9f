// The real worker, on a real store, with one agent that reads an idea, a file and tool results and lets its model choose
// tools. The model is an HTTP server. Tools are builds that leave what they are told; every one that starts is counted.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { unzipSync } from 'fflate';
import { hostedMakers } from '../../agents/models/hosted.ts';
import type { AgentResult } from '../../agents/sdk/agent.ts';
import type { AgentContext } from '../../agents/sdk/context.ts';
import { answerWithTools } from '../../agents/sdk/tool-loop.ts';
import { ideaSpecSchema } from '../../core/artifacts/idea-spec.ts';
import { evaluateGate } from '../../core/gates/evaluate.ts';
import type { GateReport } from '../../core/gates/report.ts';
import type { Json } from '../../core/json.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import type { Tokens } from '../../lambdas/clients/sfn.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import type { Log } from '../../lambdas/serve.ts';
import { createBreakers } from '../../lambdas/worker/breakers.ts';
import { keepObjects } from '../../lambdas/worker/kept-objects.ts';
import type { ToolBuilds } from '../../lambdas/worker/tools.ts';
import { type WorkerDeps, work } from '../../lambdas/worker/work.ts';
import { objects } from '../../store/keys.ts';
import { getBytes, putBytes, putText } from '../../store/objects.ts';
import { getObject } from '../../store/payload.ts';
import { getTask, planTask, type TaskRow } from '../../store/task-row.ts';
import { handClock } from '../lambdas/hand-clock.ts';
import { openSmallRun, smallPipeline } from '../lambdas/small-run.ts';
import { openTables, START, type Tables } from '../store/tables.ts';
import { plannedTask } from '../store/tasks.ts';

const PROMPTS = join(import.meta.dirname, '..', '..', 'agents', 'prompts');
const prompts = Object.fromEntries(
  readdirSync(PROMPTS).map((name) => [name, readFileSync(join(PROMPTS, name), 'utf8')]),
);

export const MOST_CALLS = 3;

/** The one agent, the one tool it may use, and a gate that an honest answer to a thin idea fails. */
const pipeline: Pipeline = {
  ...smallPipeline,
  models: { standard: { provider: 'anthropic', model: 'claude-haiku-4-5' } },
  phases: smallPipeline.phases.map((phase) => ({
    ...phase,
    budget: { ...phase.budget, tokens: 1_000_000, usdMicros: 10_000_000 },
    gate: {
      ...phase.gate,
      minimum: 0.75,
      guards: [{ criterion: 'fields-present', artifact: 'IdeaSpec', fields: ['title', 'description', 'targetUsers'] }],
    },
  })),
  budget: { usdMicros: 10_000_000 },
};

interface Given {
  readonly runId: string;
  readonly idea: string;
  readonly file: string;
  /** What the type check reports as its one problem. */
  readonly tool: string;
}

export interface Attacked {
  readonly row: TaskRow;
  /** Names of the tools that were started, in order. */
  readonly started: readonly string[];
  /** The gate over what was handed in; over nothing when the task failed. */
  readonly gate: GateReport;
}

export interface AttackedWorker {
  readonly tables: Tables;
  readonly log: string[];
  run(given: Given): Promise<Attacked>;
  /** Every row and object there is, as text, but for what builds themselves leave: that is read by the worker alone. */
  everything(): Promise<string>;
  keys(): Promise<string[]>;
}

export interface WorkerOptions {
  readonly modelUrl: string;
  readonly keys?: Readonly<Record<string, string>>;
}

export async function attackedWorker({ modelUrl, keys = {} }: WorkerOptions): Promise<AttackedWorker> {
  const tables = await openTables();
  const clock = handClock();
  const log: string[] = [];
  const values: Record<string, string> = { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: `${modelUrl}/v1`, ...keys };
  const run = async (given: Given): Promise<Attacked> => {
    const started: string[] = [];
    await openSmallRun(tables, pipeline, { runId: given.runId });
    await putText(tables.bucket, objects.idea(given.runId), given.idea, 'text/plain');
    const task = plannedTask({
      runId: given.runId,
      task: 'intake',
      agent: 'intake',
      budgetTokens: 1_000_000,
      budgetUsdMicros: 10_000_000,
    });
    await planTask(tables.table, task, START);
    const deps: WorkerDeps = {
      table: tables.table,
      bucket: tables.bucket,
      tokens: silentTokens,
      queues: { send: async () => {} },
      timers: clock.timers,
      now: clock.now,
      pipelines: cachedPipelines(tables.bucket),
      keep: keepObjects(),
      breakers: createBreakers(tables.table, clock.now),
      findAgent: () => agentReading(given),
      findProvider: (choice) =>
        hostedMakers.anthropic?.(choice, {
          prompts,
          now: () => Date.parse(clock.now()),
          setting: (name) => values[name],
          silenceMs: 30_000,
        }),
      builds: buildsThat(tables, given.tool, started),
      floorMs: 60_000,
    };
    const { runId, phase, attempt, round, wave } = task;
    const message = {
      contract: 1,
      token: 'token-1',
      runId,
      phase,
      attempt,
      round,
      wave,
      task: task.task,
      try: 1,
    } as const;
    await work(deps, message, { owner: 'one', remainingMs: 540_000 }, logInto(log));
    const row = (await getTask(tables.table, task)) as TaskRow;
    return { row, started, gate: await gateOver(tables, given, row) };
  };
  return { tables, log, run, everything: () => everythingIn(tables), keys: () => keysIn(tables) };
}

function agentReading({ file }: Given) {
  return {
    id: 'intake',
    title: 'Intake',
    workerClass: 'models' as const,
    reads: ['Idea' as const],
    makes: ['IdeaSpec' as const],
    async run(ctx: AgentContext): Promise<AgentResult> {
      const workspace = await ctx.workspace([{ path: 'CONTRIBUTING.md', text: file }]);
      const answer = await answerWithTools(ctx, {
        name: 'intake',
        artifact: 'IdeaSpec',
        answer: ideaSpecSchema.pick({ title: true, description: true, targetUsers: true }),
        instructions: 'what the idea is and for whom',
        sources: ['Idea'],
        notes: [{ label: 'file CONTRIBUTING.md', content: file }],
        workspace,
        tools: ['typecheck'],
        mostCalls: MOST_CALLS,
      });
      return { artifacts: answer === undefined ? {} : { IdeaSpec: answer } };
    },
  };
}

/** Builds of both projects: each leaves a type check's report with one problem, in the words it was given. */
function buildsThat({ bucket }: Tables, says: string, started: string[]): ToolBuilds {
  const builds = {
    async start(name: string, { artifacts, source }: { readonly artifacts: string; readonly source: string }) {
      const job = unzipSync((await getBytes(bucket, source, 2 ** 20))?.bytes as Uint8Array)['job.json'];
      started.push((JSON.parse(Buffer.from(job as Uint8Array).toString('utf8')) as { tool: string }).tool);
      const value = {
        exitCode: 2,
        errors: 1,
        problems: [{ file: 'a.ts', line: 1, code: 'TS1', message: says }],
      };
      const result = {
        status: 'measured',
        by: 'typescript 6.0.3',
        value,
        report: { file: 'r.txt', mediaType: 'text/plain' },
      };
      await putBytes(bucket, `${artifacts}/result.json`, Buffer.from(JSON.stringify(result)), 'application/json');
      await putBytes(bucket, `${artifacts}/r.txt`, Buffer.from(says), 'text/plain');
      return name;
    },
    look: async () => ({ state: 'succeeded' as const }),
    stop: async () => {},
  };
  return { tools: builds, registry: builds } as unknown as ToolBuilds;
}

async function gateOver({ bucket }: Tables, { idea, runId }: Given, row: TaskRow): Promise<GateReport> {
  const artifacts =
    row.result === undefined ? {} : ((await getObject(bucket, runId, row.result)) as Record<string, Json>);
  const [phase] = pipeline.phases;
  if (phase === undefined) throw new Error('the pipeline has no phase');
  return evaluateGate(phase.gate, { idea, artifacts, makes: phase.makes } as never);
}

const BUILDS_OWN = /^tools\/[^/]+\/[^/]+\/out\//;

async function everythingIn({ table, bucket }: Tables): Promise<string> {
  const rows = await allRows(table);
  const texts = await Promise.all(
    (await keysIn({ bucket }))
      .filter((key) => !BUILDS_OWN.test(key))
      .map(async (key) => {
        const found = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }));
        return `${key}\n${await found.Body?.transformToString('utf-8')}`;
      }),
  );
  return [JSON.stringify(rows), ...texts].join('\n');
}

async function allRows(table: Tables['table']): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const page = await table.documents.send(new ScanCommand({ TableName: table.name, ExclusiveStartKey: from }));
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
    if (from === undefined) return rows;
  }
}

async function keysIn({ bucket }: Pick<Tables, 'bucket'>): Promise<string[]> {
  const keys: string[] = [];
  for (let from: string | undefined; ; ) {
    const page = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name, ContinuationToken: from }));
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
    from = page.NextContinuationToken;
    if (from === undefined) return keys;
  }
}

const silentTokens: Tokens = {
  beat: async () => 'heard',
  succeed: async () => 'heard',
  fail: async () => 'heard',
};

function logInto(lines: string[]): Log {
  const write = (...parts: unknown[]): void => {
    lines.push(JSON.stringify(parts));
  };
  return { info: write, warn: write, error: write } as unknown as Log;
}
