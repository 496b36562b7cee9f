// A whole run in virtual time, every call its handlers make shown to an injector of faults first; and what is on record
// afterwards.

import { hashOf, sha256 } from '../../core/json.ts';
import type { LedgerEntry } from '../../core/ledger/entry.ts';
import type { Assembly } from '../../local/assembly.ts';
import type { CallDescription, Fault, Faults } from '../../local/faults.ts';
import { AwsError } from '../../local/service.ts';
import { openWorld, type World } from '../../local/world.ts';
import { listArtifacts } from '../../store/artifacts.ts';
import { type EventRow, readEvents } from '../../store/events.ts';
import { partition } from '../../store/keys.ts';
import { readLedger } from '../../store/ledger.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import { listPhases, type PhaseRow } from '../../store/phases.ts';
import { getRun, type RunRow } from '../../store/runs.ts';
import { queryRows } from '../../store/table.ts';
import { listTasks, type TaskRow } from '../../store/task-row.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** Virtual minutes a run may take before it is held to hang: the deadline of the run itself is sooner. */
const MOST_MINUTES = 3000;

export interface Aftermath {
  readonly status: string;
  readonly run: RunRow | undefined;
  readonly phases: readonly PhaseRow[];
  readonly tasks: readonly TaskRow[];
  readonly ledger: readonly LedgerEntry[];
  readonly events: readonly EventRow[];
  readonly outbox: readonly OutboxRow[];
  /** One hash over the type and content hash of everything handed on. */
  readonly artifacts: string;
  readonly schedules: readonly string[];
  readonly faults: number;
}

/** @param rate share of calls that meet a fault. */
export async function runWithFaults(assembly: Assembly, idea: string, seed: number, rate: number): Promise<Aftermath> {
  let faults = 0;
  const injector: Faults = {
    draw(call) {
      const fault = call.environment === undefined ? undefined : drawFault(call, seed, rate);
      if (fault !== undefined) faults += 1;
      return fault;
    },
  };
  return { ...(await runUnder(assembly, idea, injector, seed)), faults };
}

/** A run whose calls are shown to `faults` first. */
export async function runUnder(
  assembly: Assembly,
  idea: string,
  faults: Faults,
  seed = 1,
): Promise<Omit<Aftermath, 'faults'>> {
  const world = await openWorld({ assembly, clock: { kind: 'virtual', start: START }, seed, faults });
  try {
    const executionArn = await startRun(world, assembly, 'run-1', { idea, gates: 'advise' });
    const status = await untilEnded(world, executionArn);
    return { ...(await aftermathOf(world, assembly)), status };
  } finally {
    await world.close();
  }
}

/** Stops the run after so many turns of the engine, lets it be closed, and resumes it. */
export async function stopAndResume(assembly: Assembly, idea: string, turns: number): Promise<Stopped> {
  const world = await openWorld({ assembly, clock: { kind: 'virtual', start: START }, seed: 1 });
  try {
    const first = await startRun(world, assembly, 'run-1', { idea, gates: 'advise' });
    await world.run(() => false, { maxTurns: turns });
    await world.call('SFN', 'StopExecution', { executionArn: first, error: 'Stopped', cause: 'by a test' });
    await untilEnded(world, first);
    const stopped = await aftermathOf(world, assembly);
    const second = await startRun(world, assembly, 'run-1-again', { resume: 'run-1' });
    const status = await untilEnded(world, second);
    return { stopped: stopped.run, resumed: { ...(await aftermathOf(world, assembly)), status, faults: 0 } };
  } finally {
    await world.close();
  }
}

export interface Stopped {
  readonly stopped: RunRow | undefined;
  readonly resumed: Aftermath;
}

async function startRun(world: World, assembly: Assembly, name: string, input: object): Promise<string> {
  const { executionArn } = await world.call('SFN', 'StartExecution', {
    stateMachineArn: assembly.outputs.RunMachineArn,
    name,
    input: JSON.stringify(input),
  });
  return executionArn;
}

async function untilEnded(world: World, executionArn: string): Promise<string> {
  let status = 'RUNNING';
  for (let minute = 0; minute < MOST_MINUTES && status === 'RUNNING'; minute += 1) {
    await world.run(() => false, { deadline: world.fabric.clock.now() + MINUTE });
    ({ status } = await world.call('SFN', 'DescribeExecution', { executionArn }));
  }
  // What follows the end: the stream's last records, a close by rule, the last sweep.
  await world.run(() => false, { deadline: world.fabric.clock.now() + 30 * MINUTE });
  return status;
}

async function aftermathOf(world: World, assembly: Assembly): Promise<Omit<Aftermath, 'status' | 'faults'>> {
  const { DynamoDBClient } = world.sdk('@aws-sdk/client-dynamodb');
  const { DynamoDBDocumentClient } = world.sdk('@aws-sdk/lib-dynamodb');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const table = { documents, name: assembly.outputs.TableName as string };
  const ledger = { documents, name: assembly.outputs.LedgerTableName as string };
  const artifacts = await listArtifacts(table, 'run-1');
  const { Schedules } = await world.call('Scheduler', 'ListSchedules', {});
  return {
    run: await getRun(table, 'run-1'),
    phases: await listPhases(table, 'run-1'),
    tasks: await listTasks(table, 'run-1'),
    ledger: await readLedger(ledger, 'run-1'),
    events: await readEvents(table, 'run-1'),
    outbox: await queryRows<OutboxRow>(table, partition('run-1'), 'OUT#'),
    artifacts: hashOf(artifacts.map((row) => [row.type, row.sha256])),
    schedules: Schedules.map(({ Name }: { Name: string }) => Name),
  };
}

/** The same seed and the same call: the same fault. */
function drawFault(call: CallDescription, seed: number, rate: number): Fault | undefined {
  const drawn = sha256(`${seed}/${call.sequence}`);
  if (Number.parseInt(drawn.slice(0, 8), 16) / 2 ** 32 >= rate) return undefined;
  switch (Number.parseInt(drawn.slice(8, 10), 16) % 6) {
    case 0:
      return { kind: 'before', error: new AwsError('ThrottlingException', 'slow down', 400) };
    case 1:
      return { kind: 'after', error: new AwsError('InternalServerError', 'something broke', 500) };
    case 2:
      return { kind: 'lost-reply', afterMs: 5000 };
    case 3:
      return { kind: 'duplicate' };
    case 4:
      return { kind: 'kill', when: 'before' };
    default:
      return { kind: 'kill', when: 'after' };
  }
}
