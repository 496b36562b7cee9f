// Runs one scenario from its start to rest, watched: the synthesized template, the handlers, virtual time.

import { createHash } from 'node:crypto';
import { openWorld, type World } from '../local/world.ts';
import { setCurrentPipeline } from '../store/pipelines.ts';
import { drawOf } from './agents/draws.ts';
import { artifactsOf, endView } from './end.ts';
import { faultKinds } from './faults/catalogue.ts';
import { createInjector } from './faults/injector.ts';
import { invariants as allInvariants } from './invariants/catalogue.ts';
import type { Invariant, Row } from './invariants/invariant.ts';
import { acts, type Stage } from './operator.ts';
import type { Scenario } from './scenario.ts';
import { deployed, type Redefine } from './stage/assembly.ts';
import type { SimulatedStage } from './stage/open-stage.ts';
import { createWatch, type Violation, type Watch } from './watch.ts';

export interface Outcome {
  readonly scenario: Scenario;
  readonly violations: readonly Violation[];
  /** Of the run's last execution. */
  readonly status: string;
  readonly tasks: number;
  readonly calls: number;
  readonly changes: number;
  readonly virtualMs: number;
  readonly fired: ReadonlyMap<string, number>;
  /** One hash over the types and contents of what was handed on. */
  readonly artifacts: string;
  readonly setAside: number;
  /** One hash over every row of every table, histories and ledger among them. */
  readonly digest?: string;
}

export interface RunOptions {
  readonly invariants?: readonly Invariant[];
  readonly redefine?: Redefine;
  readonly undisturbed?: string;
  readonly digest?: boolean;
  readonly onLog?: (entry: Readonly<Record<string, unknown>>) => void;
}

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A run that has not ended by then never will: its own deadline is sooner, a person's silence takes five days. */
const MOST_DAYS = 45;
/** What follows the end: late messages come back after 90 minutes, five times, before they are dead letters. */
const REST_MS = 14 * HOUR;
const RUN = 'simulated';

export async function runScenario(
  stage: SimulatedStage,
  scenario: Scenario,
  options: RunOptions = {},
): Promise<Outcome> {
  const model = scenario.faults.map(({ kind }) => faultKinds.get(kind)).filter((kind) => kind?.at === 'model');
  const behaviour = { ...scenario.behaviour, model: Object.fromEntries(model.map((kind) => [kind.id, kind.share])) };
  const assembly = deployed(stage.base, {
    pinned: scenario.pinned,
    handlers: stage.handlers,
    variables: { SIMULATION: JSON.stringify(behaviour) },
    ...(options.redefine === undefined ? {} : { redefine: options.redefine }),
  });
  const sent: string[] = [];
  let watch: Watch | undefined;
  const injector = createInjector(scenario, (call) => {
    watch?.call(call);
    if (call.service === 'SQS' && call.operation === 'SendMessage' && sent.length < 1)
      sent.push(String((call.input as { MessageBody?: string }).MessageBody));
  });
  let now = () => START;
  watch = createWatch(
    options.invariants ?? allInvariants,
    assembly.outputs.LedgerTableName as string,
    () => now(),
    injector.count,
  );
  const watching = watch;
  const world = await openWorld({
    assembly,
    clock: { kind: 'virtual', start: START },
    seed: scenario.seed,
    faults: injector,
    observer: watch,
    modules: stage.handlers.modules,
    onLog: (entry) => {
      if (entry.kind === 'output') watching.line(String(entry.text));
      options.onLog?.(entry);
    },
  });
  now = () => world.fabric.clock.now();
  try {
    const { S3Client } = world.sdk('@aws-sdk/client-s3');
    const bucket = { client: new S3Client({}), name: assembly.outputs.BucketName as string };
    await setCurrentPipeline(bucket, scenario.pinned);
    const { pipeline } = scenario.pinned;
    const { idea, gates, budgetUsdMicros } = scenario;
    const start = (name: string, input: object) =>
      world.call('SFN', 'StartExecution', {
        stateMachineArn: assembly.outputs.RunMachineArn,
        name,
        input: JSON.stringify(input),
      });
    injector.arm();
    let { executionArn } = await start(RUN, { idea, gates, budgetUsdMicros, pipeline: pipeline.name });
    const play: Stage = { world, assembly, bucket, scenario, executionArn, sent };
    await untilEnded(play, watch, injector.count);
    for (const { kind } of scenario.faults.filter(({ kind }) => kind === 'redriven' || kind === 'resumed')) {
      await world.run(() => false, { deadline: now() + 5 * MINUTE });
      const run = watch.data.get(`RUN#${RUN}|RUN`);
      if (run?.status !== 'FAILED') continue;
      injector.count(kind);
      if (kind === 'redriven') await world.call('SFN', 'RedriveExecution', { executionArn }).catch(() => {});
      else ({ executionArn } = await start(`${RUN}-again`, { resume: RUN }));
      await untilEnded({ ...play, executionArn, scenario: { ...scenario, faults: [] } }, watch, injector.count);
    }
    const ended = now();
    await world.run(() => false, { deadline: ended + REST_MS });
    // By an operator, or by its own deadline.
    const stopped = watch.of('RUN').some((run) => watching.executions.get(run.executionArn) === 'ABORTED');
    const rest = { world, assembly, bucket, scenario, stopped };
    const setAside = watch.of('TASK').filter(({ status }) => status === 'set-aside').length;
    const comparable = options.undisturbed !== undefined && !stopped && setAside === 0;
    const end = await endView(watch, comparable ? { ...rest, undisturbed: options.undisturbed as string } : rest);
    for (const invariant of options.invariants ?? allInvariants)
      for (const what of invariant.atEnd?.(end) ?? [])
        watch.violations.push({ invariant: invariant.id, what, at: now() });
    return {
      scenario,
      violations: watch.violations,
      status: watch.executions.get(executionArn) ?? 'UNKNOWN',
      tasks: watch.of('TASK').length,
      calls: injector.calls(),
      changes: watch.changes(),
      virtualMs: ended - START,
      fired: injector.fired,
      artifacts: artifactsOf(watch),
      setAside,
      ...(options.digest ? { digest: digestOf(world) } : {}),
    };
  } catch (error) {
    // What breaks the world is the worst violation of all.
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    watch.violations.push({ invariant: 'the-world-stands', what, at: now() });
    return {
      scenario,
      violations: watch.violations,
      status: 'BROKEN',
      tasks: 0,
      calls: injector.calls(),
      changes: watch.changes(),
      virtualMs: now() - START,
      fired: injector.fired,
      artifacts: '',
      setAside: 0,
    };
  } finally {
    await world.close();
  }
}

/** Plays the operator's part and the part of the person who is asked, until the execution has ended. */
async function untilEnded(stage: Stage, watch: Watch, count: (kind: string) => void): Promise<void> {
  const { world, scenario, executionArn } = stage;
  const { clock } = world.fabric;
  const from = clock.now();
  const todo = scenario.faults
    .filter(({ kind }) => acts[kind] !== undefined)
    .map(({ kind, nth }) => ({ kind, at: from + nth * MINUTE }))
    .sort((a, b) => a.at - b.at);
  const answered = new Set<string>();
  const asked = (): Row | undefined =>
    watch.of('PHASE').find(({ approvalToken }) => approvalToken !== undefined && !answered.has(approvalToken));
  const ended = () => (watch.executions.get(executionArn) ?? 'RUNNING') !== 'RUNNING';
  let seen = -1;
  const stirred = (): boolean => {
    if (ended()) return true;
    if (watch.changes() === seen) return false;
    seen = watch.changes();
    return asked() !== undefined;
  };
  const last = from + MOST_DAYS * 24 * HOUR;
  while (!ended() && clock.now() < last) {
    const next = todo[0];
    const result = await world.run(stirred, { deadline: Math.min(next?.at ?? last, last) });
    const phase = asked();
    if (phase !== undefined) await answer(stage, phase, answered);
    if (next !== undefined && clock.now() >= next.at) {
      todo.shift();
      if (ended()) continue;
      count(next.kind);
      await acts[next.kind]?.(stage);
    } else if (result === 'idle') return;
  }
}

/** Some time later. The second answer of a phase is always one that ends it. */
async function answer({ world, scenario }: Stage, phase: Row, answered: Set<string>): Promise<void> {
  answered.add(phase.approvalToken);
  const minutes = Math.ceil(30 * drawOf(scenario.seed, phase.phase, phase.attempt, 'answers'));
  await world.run(() => false, { deadline: world.fabric.clock.now() + minutes * MINUTE });
  const how = answered.size > 1 && scenario.answer === 'nonsense' ? 'reject' : scenario.answer;
  const expiresAt = new Date(world.fabric.clock.now() + 24 * HOUR).toISOString();
  const waiver = { owner: 'simulator', justification: 'drawn', compensatingControl: 'none', expiresAt };
  const output = { decision: how, by: 'simulator', kind: 'program', ...(how === 'waive' ? { waiver } : {}) };
  await world
    .call('SFN', 'SendTaskSuccess', { taskToken: phase.approvalToken, output: JSON.stringify(output) })
    .catch(() => {});
}

function digestOf(world: World): string {
  const { db } = world.fabric;
  const hash = createHash('sha256');
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  for (const { name } of tables) {
    hash.update(`\n${name}\n`);
    for (const row of db.prepare(`SELECT * FROM "${name}"`).iterate()) {
      for (const value of Object.values(row)) hash.update(value instanceof Uint8Array ? value : `${value}|`);
    }
  }
  return hash.digest('hex');
}
