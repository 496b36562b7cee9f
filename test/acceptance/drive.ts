// Carries single phases from begin to their end through the real handlers, on the local DynamoDB and S3, without the machines
// between them: what a test wants to break it gives as an agent of its own in place of a built-in one.

import { findAgent as builtIn, everyAgent } from '../../agents/catalogue.ts';
import { offlineProvider } from '../../agents/models/offline.ts';
import type { ModelProvider } from '../../agents/models/provider.ts';
import type { Agent, AgentResult } from '../../agents/sdk/agent.ts';
import type { AgentContext } from '../../agents/sdk/context.ts';
import type { Json } from '../../core/json.ts';
import type { Phase, Pipeline } from '../../core/pipeline/model.ts';
import { aggregateRound } from '../../lambdas/aggregate/aggregate-round.ts';
import { gate } from '../../lambdas/gate/gate.ts';
import type { PhaseState } from '../../lambdas/messages.ts';
import { begin } from '../../lambdas/phase/begin.ts';
import { decide } from '../../lambdas/phase/decide.ts';
import { escalate } from '../../lambdas/phase/escalate.ts';
import { resolve } from '../../lambdas/phase/resolve.ts';
import { cachedPipelines } from '../../lambdas/pinned.ts';
import { plan } from '../../lambdas/plan/plan.ts';
import type { Log } from '../../lambdas/serve.ts';
import { createBreakers } from '../../lambdas/worker/breakers.ts';
import { keepObjects } from '../../lambdas/worker/kept-objects.ts';
import { work } from '../../lambdas/worker/work.ts';
import { getEnvelope, listArtifacts } from '../../store/artifacts.ts';
import { type AttemptRow, listAttempts } from '../../store/attempts.ts';
import { objects, partition } from '../../store/keys.ts';
import { putText } from '../../store/objects.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { getPhase, type PhaseRow } from '../../store/phases.ts';
import { queryRows } from '../../store/table.ts';
import { listTasks } from '../../store/task-row.ts';
import { handClock } from '../lambdas/hand-clock.ts';
import { recordSchedules } from '../lambdas/recorders.ts';
import { openSmallRun } from '../lambdas/small-run.ts';
import { openTables, type Tables } from '../store/tables.ts';

export interface Drive {
  readonly tables: Tables;
  readonly pipeline: Pipeline;
  /** Runs the phases in order, each to its end or to where it waits for a person. @returns how the last one stands. */
  through(...phases: readonly string[]): Promise<PhaseState>;
  answer(phase: string, decision: Json): Promise<PhaseState>;
  attempts(phase: string): Promise<AttemptRow[]>;
  row(phase: string): Promise<PhaseRow | undefined>;
  content<T>(type: string): Promise<T>;
  outbox(): Promise<OutboxRow[]>;
  close(): Promise<void>;
}

export interface DriveOptions {
  readonly idea: string;
  readonly pipeline: Pipeline;
  readonly gates?: 'enforce' | 'advise';
  /** Agents in place of those of their id, or beside them. */
  readonly agents?: readonly Agent[];
  readonly provider?: ModelProvider;
  /** Models of other providers, such as a judge. */
  readonly others?: readonly ModelProvider[];
}

const RUN = 'r1';

export async function openDrive(options: DriveOptions): Promise<Drive> {
  const tables = await openTables();
  await openSmallRun(tables, options.pipeline, {
    gates: options.gates ?? 'enforce',
    deadlineAt: '2027-01-01T00:00:00.000Z',
  });
  const { table, bucket } = tables;
  await putText(bucket, objects.idea(RUN), options.idea, 'text/plain');
  const own = new Map((options.agents ?? []).map((agent) => [agent.id, agent]));
  const findAgent = (id: string) => own.get(id) ?? builtIn(id);
  const provider = options.provider ?? offlineProvider();
  const clock = handClock();
  const pipelines = cachedPipelines(bucket);
  const agents = [...everyAgent.filter(({ id }) => !own.has(id)), ...own.values()];
  const deps = { table, bucket, pipelines, now: clock.now, findAgent, agents };
  const worker = {
    ...deps,
    tokens: {
      beat: async () => 'heard' as const,
      succeed: async () => 'heard' as const,
      fail: async () => 'heard' as const,
    },
    queues: { send: async () => undefined },
    timers: clock.timers,
    keep: keepObjects(),
    breakers: createBreakers(table, clock.now),
    findProvider: (choice: { provider: string }) =>
      options.others?.find(({ id }) => id === choice.provider) ?? provider,
    builds: undefined,
    floorMs: 60_000,
  };
  const phases = { ...deps, schedules: recordSchedules(), timerFunction: 'arn:timer' };

  async function attemptOf(state: PhaseState): Promise<void> {
    const name = { runId: RUN, phase: state.phase, attempt: state.attempt };
    for (let round = 1; ; round += 1) {
      for (let wave = 1; ; ) {
        const planned = await plan(deps, { ...name, round, wave });
        for (const { workerClass: _c, timeoutSeconds: _t, heartbeatSeconds: _h, ...task } of planned.tasks) {
          const message = { contract: 1, token: `t-${task.task}`, ...task };
          await work(worker as never, message, { owner: 'worker', remainingMs: 900_000 }, silent);
        }
        if (planned.next === 'aggregate') break;
        wave = planned.nextWave;
      }
      const failed = (await listTasks(table, RUN, state.phase, state.attempt)).find((row) => row.failures.length > 0);
      if (failed !== undefined) throw new Error(`${failed.task}: ${JSON.stringify(failed.failures.at(-1))}`);
      if ((await aggregateRound(deps, { ...name, round })).next === 'gate') break;
    }
    await gate(deps, name);
  }

  async function run(phase: string): Promise<PhaseState> {
    let state = await begin(phases, RUN, phase);
    while (state.next === 'attempt') {
      await attemptOf(state);
      state = await decide(phases, state);
    }
    if (state.next === 'escalate') {
      await escalate(phases, { op: 'escalate', token: 'approval', runId: RUN, phase, attempt: state.attempt });
    }
    return state;
  }

  return {
    tables,
    pipeline: options.pipeline,
    async through(...ids) {
      let state: PhaseState | undefined;
      for (const id of ids) state = await run(id);
      return state as PhaseState;
    },
    async answer(phase, decision) {
      const row = await getPhase(table, RUN, phase);
      return resolve(phases, { runId: RUN, phase, attempt: row?.attempt ?? 1, decision });
    },
    attempts: (phase) => listAttempts(table, RUN, phase),
    row: (phase) => getPhase(table, RUN, phase),
    async content<T>(type: string) {
      const row = (await listArtifacts(table, RUN)).find((one) => one.type === type);
      if (row === undefined) throw new Error(`nobody has made ${type}`);
      return (await getEnvelope(bucket, RUN, row)).content as T;
    },
    outbox: () => queryRows<OutboxRow>(table, partition(RUN), 'OUT#'),
    close: async () => {
      await tables.world.close();
    },
  };
}

const silent = { info() {}, warn() {}, error() {} } as unknown as Log;

/** The built-in pipeline with only these phases held to their gates; the others pass whatever they make. */
export function holding(pipeline: Pipeline, ...held: readonly string[]): Pipeline {
  return {
    ...pipeline,
    phases: pipeline.phases.map(
      (phase): Phase =>
        held.includes(phase.id) ? phase : { ...phase, gate: { ...phase.gate, minimum: 0, guards: [] } },
    ),
  };
}

/** The built-in agent of this id, whose result `change` alters. */
export function altered(id: string, change: (result: AgentResult, ctx: AgentContext) => AgentResult): Agent {
  const agent = builtIn(id);
  return { ...agent, run: async (ctx) => change(await agent.run(ctx), ctx) };
}
