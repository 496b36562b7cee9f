// Runs one scenario from its start to rest, watched: the synthesized template, the handlers, virtual time.

import { createHash } from 'node:crypto';
import type { World } from '../local/world.ts';
import { drawOf } from './agents/draws.ts';
import { artifactsOf, endView } from './end.ts';
import { invariants as allInvariants } from './invariants/catalogue.ts';
import type { Invariant, Row } from './invariants/invariant.ts';
import { acts, type Stage } from './operator.ts';
import type { Scenario } from './scenario.ts';
import { openSimulation, type Simulation, START } from './simulation.ts';
import type { Redefine } from './stage/assembly.ts';
import type { SimulatedStage } from './stage/open-stage.ts';
import type { Violation, Watch } from './watch.ts';

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
  const invariants = options.invariants ?? allInvariants;
  const simulation = await openSimulation(stage, scenario, { ...options, invariants });
  const { world, watch, injector } = simulation;
  const { clock } = world.fabric;
  let status = 'BROKEN';
  let ended = START;
  try {
    const executionArn = await play(simulation, scenario);
    ended = clock.now();
    await world.run(() => false, { deadline: ended + REST_MS });
    status = watch.executions.get(executionArn) ?? 'UNKNOWN';
    const end = await endView(watch, {
      ...simulation,
      scenario,
      stopped: watch.stopped(),
      ...(options.undisturbed === undefined || watch.stopped() || setAsideIn(watch) > 0
        ? {}
        : { undisturbed: options.undisturbed }),
    });
    for (const invariant of invariants)
      for (const what of invariant.atEnd?.(end) ?? [])
        watch.violations.push({ invariant: invariant.id, what, at: clock.now() });
  } catch (error) {
    // What breaks the world is the worst violation of all.
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    watch.violations.push({ invariant: 'the-world-stands', what, at: clock.now() });
  }
  const digest = options.digest ? { digest: digestOf(world) } : {};
  await world.close();
  return {
    scenario,
    violations: watch.violations,
    status,
    tasks: watch.of('TASK').length,
    calls: injector.calls(),
    changes: watch.changes(),
    virtualMs: ended - START,
    fired: injector.fired,
    artifacts: artifactsOf(watch),
    setAside: setAsideIn(watch),
    ...digest,
  };
}

const setAsideIn = (watch: Watch): number => watch.of('TASK').filter(({ status }) => status === 'set-aside').length;

/** @returns the ARN of the run's last execution. */
async function play(simulation: Simulation, scenario: Scenario): Promise<string> {
  const { world, watch, injector, start } = simulation;
  const { idea, gates, budgetUsdMicros, pinned } = scenario;
  let executionArn = await start(RUN, { idea, gates, budgetUsdMicros, pipeline: pinned.pipeline.name });
  await untilEnded({ ...simulation, scenario, executionArn }, watch, injector.count);
  let resumes = 0;
  for (const { kind } of scenario.faults.filter(({ kind }) => kind === 'redriven' || kind === 'resumed')) {
    await world.run(() => false, { deadline: world.fabric.clock.now() + 5 * MINUTE });
    if (watch.data.get(`RUN#${RUN}|RUN`)?.status !== 'FAILED') continue;
    injector.count(kind);
    if (kind === 'redriven') await world.call('SFN', 'RedriveExecution', { executionArn }).catch(() => {});
    else executionArn = await start(`${RUN}-again-${++resumes}`, { resume: RUN });
    await untilEnded({ ...simulation, executionArn, scenario: { ...scenario, faults: [] } }, watch, injector.count);
  }
  return executionArn;
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
