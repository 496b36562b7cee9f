// Runs recorded executions on the engine and compares status, output, cause and history.

import { worldConnector } from '../../local/states/tasks/connect.ts';
import { type HistoryItem, TestWorld } from '../local/states/test-world.ts';
import type { Case, RecordedEvent, Result } from './case.ts';
import { difference } from './compare.ts';
import { declaredServices, replayConnector } from './replay.ts';

/** Names the recorder gave to things whose ARNs the engine must be able to read. */
const ACTIVITY = 'arn:aws:states:us-east-1:111111111111:activity:activity_name';

export function prepare(recorded: Case): Case {
  return JSON.parse(
    JSON.stringify(recorded)
      .replaceAll('"activity_arn"', `"${ACTIVITY}"`)
      .replaceAll('activity activity_arn does', `activity ${ACTIVITY} does`),
  ) as Case;
}

export function openCase(recorded: Case): TestWorld {
  const world: TestWorld = new TestWorld({
    services: declaredServices(recorded),
    ...(recorded.clockNow === undefined ? {} : { start: Date.parse(recorded.clockNow) }),
    connect: (call) => connect(call),
  });
  const fallback = worldConnector(world.fabric);
  const connect = replayConnector(
    recorded,
    () => world,
    () => fallback,
  );
  return world;
}

export async function runExecution(given: Case): Promise<Result> {
  const recorded = prepare(given);
  const world = openCase(recorded);
  const base = { id: given.id, area: given.area, kind: given.kind };
  try {
    const arn = begin(world, recorded);
    drive(world, recorded);
    await world.run(() => world.ended(arn), world.now + 400 * 86_400_000);
    const described = world.describe(arn);
    const history = world.history(arn);
    return { ...base, ...judge(recorded, described, history) };
  } catch (cause) {
    const reason = `threw ${(cause as Error).stack ?? String(cause)}`;
    return { ...base, outcome: false, cause: false, history: false, ids: false, reason };
  } finally {
    world.close();
  }
}

function definitionOf(recorded: Case): string {
  return recorded.definitionText ?? JSON.stringify(recorded.definition);
}

function begin(world: TestWorld, recorded: Case): string {
  const own = recorded.names?.stateMachine ?? 'ArnPart_0idx';
  for (const callee of recorded.mocks.stateMachines ?? []) {
    if (callee.name === own) continue;
    world.call('CreateStateMachine', {
      name: callee.name,
      type: callee.type ?? 'STANDARD',
      definition: JSON.stringify(callee.definition),
      roleArn: 'r',
    });
  }
  if (recorded.mocks.replay?.some((entry) => entry.event === 'ActivityScheduled')) {
    world.call('CreateActivity', { name: 'activity_name' });
  }
  const machine = world.call('CreateStateMachine', {
    name: own,
    definition: definitionOf(recorded),
    roleArn: 'snf_role_arn',
    type: recorded.type ?? 'STANDARD',
  }).stateMachineArn;
  return world.call('StartExecution', {
    stateMachineArn: machine,
    name: recorded.names?.execution ?? 'ExecArnPart_0idx',
    input: recorded.inputText ?? JSON.stringify(recorded.input ?? {}),
  }).executionArn as string;
}

/** What the recording's test did beside the execution: activity workers, heartbeats, stops. */
function drive(world: TestWorld, recorded: Case): void {
  for (const entry of recorded.mocks.replay ?? []) {
    if (entry.event !== 'ActivityScheduled' || entry.answer === null) continue;
    world.later(() => work(world, recorded, entry.answer as NonNullable<typeof entry.answer>));
  }
  for (const call of recorded.mocks.driver ?? []) {
    if (call.op === 'stop_execution') world.later(() => world.call('StopExecution', call.kw));
  }
}

function work(
  world: TestWorld,
  recorded: Case,
  answer: { output?: unknown; error?: string; cause?: unknown; timedOut?: boolean },
): void {
  if (!recorded.expected.history_event_types?.includes('ActivityStarted')) return;
  const started = (recorded.expected.history as RecordedEvent[] | undefined)?.find((e) => e.type === 'ActivityStarted');
  const details = started?.activityStartedEventDetails as { workerName?: string } | undefined;
  const worker = details?.workerName === undefined ? {} : { workerName: details.workerName };
  const task = world.call('GetActivityTask', { activityArn: ACTIVITY, ...worker });
  const taskToken = task.taskToken;
  if (answer.timedOut) return;
  if ('output' in answer) world.call('SendTaskSuccess', { taskToken, output: JSON.stringify(answer.output) });
  else {
    const cause =
      answer.cause === undefined
        ? {}
        : { cause: typeof answer.cause === 'string' ? answer.cause : JSON.stringify(answer.cause) };
    world.call('SendTaskFailure', { taskToken, error: answer.error, ...cause });
  }
}

type Judgement = Pick<Result, 'outcome' | 'cause' | 'history' | 'ids' | 'reason'>;

function judge(recorded: Case, described: Record<string, unknown>, history: HistoryItem[]): Judgement {
  const { expected } = recorded;
  const outcome =
    difference(expected.status, described.status, 'status') ??
    (expected.status === 'SUCCEEDED'
      ? difference(
          expected.output,
          typeof described.output === 'string' ? JSON.parse(described.output) : described.output,
          'output',
        )
      : difference(expected.error, described.error, 'error'));
  if (outcome) {
    const why = described.cause === undefined ? '' : ` (${String(described.cause).slice(0, 300)})`;
    return { outcome: false, cause: false, history: false, ids: false, reason: outcome + why };
  }
  const causes = difference(expected.cause, described.cause, 'cause');
  const cause = expected.cause === undefined && described.cause === undefined ? undefined : causes;
  if (cause) return { outcome: true, cause: false, history: false, ids: false, reason: cause };
  // Members of the description that the recording kept; what AWS has added since may be there too.
  for (const [member, value] of Object.entries((expected.describe ?? {}) as object)) {
    const wrong = difference(value, described[member], `describe/${member}`);
    if (wrong) return { outcome: true, cause: true, history: false, ids: false, reason: wrong };
  }
  const events = (expected.history as RecordedEvent[] | undefined) ?? undefined;
  if (!events) return { outcome: true, cause: true, history: undefined, ids: undefined, reason: undefined };
  const order = recorded.historyOrder === 'parallel-normalised';
  const found = order ? regionDifference(events, history) : listDifference(events, history);
  if (found) return { outcome: true, cause: true, history: false, ids: false, reason: `history ${found}` };
  const ids = order ? undefined : idDifference(events, history);
  return { outcome: true, cause: true, history: true, ids: ids === undefined, reason: ids };
}

function strip(event: object): Record<string, unknown> {
  const { id: _id, previousEventId: _previous, timestamp: _at, ...rest } = event as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (value !== null && typeof value === 'object' && 'roleArn' in value && key === 'executionStartedEventDetails') {
      const { roleArn: _role, ...details } = value as Record<string, unknown>;
      out[key] = details;
    } else out[key] = value;
  }
  return out;
}

function listDifference(expected: readonly RecordedEvent[], actual: readonly HistoryItem[]): string | undefined {
  for (const [i, event] of expected.entries()) {
    const found = actual[i] && difference(strip(event), strip(actual[i]), `event ${i + 1} ${event.type}`);
    if (!actual[i]) return `event ${i + 1}: expected ${event.type}, found the end`;
    if (found) return found;
  }
  return actual.length > expected.length
    ? `event ${expected.length + 1}: expected the end, found ${actual[expected.length]?.type}`
    : undefined;
}

function idDifference(expected: readonly RecordedEvent[], actual: readonly HistoryItem[]): string | undefined {
  for (const [i, event] of expected.entries()) {
    const { id, previousEventId } = actual[i] as HistoryItem;
    if (event.id !== id || event.previousEventId !== previousEventId) {
      return `ids of event ${i + 1} ${event.type}: expected ${event.id} after ${event.previousEventId}, found ${id} after ${previousEventId}`;
    }
  }
  return undefined;
}

/** Between ParallelStateStarted and its end the recorder sorted the events and dropped the closing one. */
function regionDifference(expected: readonly RecordedEvent[], actual: readonly HistoryItem[]): string | undefined {
  const closing = new Set(['ParallelStateSucceeded', 'ParallelStateFailed']);
  const left = expected.filter((event) => !closing.has(event.type)).map(strip);
  const rest = actual.filter((event) => !closing.has(event.type)).map(strip);
  for (const event of left) {
    const at = rest.findIndex((each) => difference(event, each) === undefined);
    if (at < 0) return `lacks ${JSON.stringify(event).slice(0, 300)}`;
    rest.splice(at, 1);
  }
  const beyond = rest.find((event) => event.type !== 'ParallelStateExited');
  return beyond && `has ${JSON.stringify(beyond).slice(0, 300)} beyond`;
}
