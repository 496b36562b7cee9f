// A world: one in-process AWS on one SQLite file, with one clock. Composes the services, and opens to callers from outside.

import type { Assembly } from './assembly.ts';
import { type ClockChoice, createClock } from './clock.ts';
import { createCodeBuild } from './codebuild/codebuild.ts';
import { createDynamoDB } from './dynamodb/dynamodb.ts';
import { createEvents } from './events/events.ts';
import type { Faults } from './faults.ts';
import { createAuthorizer } from './iam/authorize.ts';
import type { Grant } from './iam/policy-check.ts';
import { createKms } from './kms/kms.ts';
import type { StreamReader } from './lambda/event-source/stream-source.ts';
import { createLambda, type Lambda } from './lambda/lambda.ts';
import { loadReal } from './lambda/sandbox/modules.ts';
import type { Observer } from './observer.ts';
import { createS3 } from './s3/s3.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { bindSdk } from './sdk/sdk.ts';
import type { CallContext, Fabric, Randomness, Service } from './service.ts';
import { createSqs } from './sqs/sqs.ts';
import { createStates } from './states/create-states.ts';
import { Dispatcher } from './world/dispatcher.ts';
import { lambdaHosts } from './world/lambda-host.ts';
import { Loop, type RunOptions, type RunResult } from './world/loop.ts';
import { bootCount, keepTime, lastTime } from './world/memory.ts';
import { provision } from './world/provision.ts';
import { mix, seededRandomness, systemRandomness } from './world/random.ts';
import { openStore, openStoreForReading, type Synchronous } from './world/store.ts';
import { TimerHeap } from './world/timer-heap.ts';
import { TurnQueue } from './world/turn-queue.ts';

export type LogEntry = Readonly<Record<string, unknown>>;

export interface WorldOptions {
  /** What to make in it; without one the world is empty and is filled through `call`. */
  readonly assembly?: Assembly;
  /** SQLite file; ':memory:' (the default) keeps nothing. */
  readonly file?: string;
  readonly clock: ClockChoice;
  /** For a virtual clock: decides every id, jitter and draw. */
  readonly seed?: number;
  readonly region?: string;
  readonly accountId?: string;
  /** Only looks at a file, which another process may hold: nothing is made, booted or written. */
  readonly reading?: boolean;
  /** Of a file; 'full' survives loss of power. */
  readonly synchronous?: Synchronous;
  readonly onLog?: (entry: LogEntry) => void;
  readonly faults?: Faults;
  readonly observer?: Observer;
  /** Modules a handler may require besides the SDK and Node's, by name: code without state, loaded once for all environments. */
  readonly modules?: Readonly<Record<string, unknown>>;
  /** Further environment variables by function name, such as keys: in no template, and kept nowhere. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Further services, or others in the place of the built-in ones of the same name. */
  readonly services?: (fabric: Fabric) => readonly Service[];
}

export interface World {
  readonly fabric: Fabric;
  readonly assembly: Assembly | undefined;
  /** A call from outside: unchecked unless `context.principal` is given; answered after the commit. Rejects with AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: outputs have the shapes of the AWS SDK's commands
  call(service: string, operation: string, input: object, context?: CallContext): Promise<any>;
  /** A module of the AWS SDK whose clients call this world. */
  // biome-ignore lint/suspicious/noExplicitAny: the module's own exports
  sdk(moduleName: string, context?: CallContext): any;
  /**
   * Virtual: turns until `until` holds ('done'), nothing is left ('idle') or a limit is met ('deadline').
   * Real: waits until `until` holds; it is looked at after every turn. Rejects with what broke the world.
   */
  run(until: () => boolean, options?: RunOptions): Promise<RunResult>;
  /** Keeps virtual time still until the returned function is called. */
  hold(): () => void;
  /** What the assembly's roles are granted and no call has needed so far. Empty without an assembly. */
  unusedGrants(): Grant[];
  /** Commits and lets the file go. A second call does nothing. */
  close(): Promise<void>;
}

/** @throws Error "<file> is in use by process N", or naming the resource that could not be made */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { assembly, file = ':memory:', seed = 1, onLog = () => {} } = options;
  const region = options.region ?? assembly?.region ?? 'us-east-1';
  const accountId = options.accountId ?? assembly?.accountId ?? '000000000000';
  const store = options.reading ? openStoreForReading(file) : openStore(file, options.synchronous ?? 'full');
  const { db } = store;
  const boots = store.reading ? 0 : bootCount(db);
  const last = lastTime(db);
  const choice = options.clock;
  const clock = createClock(choice.kind === 'virtual' ? { ...choice, start: Math.max(choice.start, last) } : choice);
  const random: Randomness = clock.virtual ? seededRandomness(mix(seed, boots)) : systemRandomness();
  const log = (entry: LogEntry): void => onLog({ at: clock.now(), ...entry });

  const timers: TimerHeap = new TimerHeap(() => loop.rearm());
  const turns: TurnQueue = new TurnQueue(db, store.durable, () => loop.wake(), store.reading);
  const loop = new Loop(clock, turns, timers);
  if (clock.virtual && store.durable && !store.reading) keepTime(db, turns, clock);

  let requests = 0;
  const requestId = (): string => `00000000-0000-4000-8000-${(++requests).toString(16).padStart(12, '0')}`;
  const authorizer =
    assembly &&
    createAuthorizer(assembly, {
      objectExists: (...object) => s3.hasObject(...object),
      machineOfToken: (token) => states.machineOfToken(token),
    });
  let lambda: Lambda | undefined;
  const dispatcher = new Dispatcher({
    turns,
    timers,
    now: () => clock.now(),
    authorize: (...call) => authorizer?.authorize(...call),
    faults: options.faults,
    kill: (environment, reason) => lambda?.kill(environment, reason),
    pause: (environment, ms) => lambda?.pause(environment, ms),
    log,
  });
  const fabric: Fabric = {
    region,
    accountId,
    db,
    clock,
    timers,
    turns,
    random,
    call: (service, operation, input, context) => dispatcher.among(service, operation, input, context),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    ...(options.observer === undefined ? {} : { observer: options.observer }),
    log,
  };

  const sqs = createSqs(fabric);
  const hostFor = lambdaHosts({
    clock,
    timers,
    loop,
    dispatcher,
    randomness: (number) =>
      seededRandomness(clock.virtual ? mix(seed, boots, number) : Math.floor(random.next() * 2 ** 32)),
    requestId,
    log,
    skewMs: (environment) => options.faults?.skewMs?.(environment) ?? 0,
    modules: options.modules ?? {},
    variables: options.variables ?? {},
  });
  const s3 = createS3(fabric);
  const dynamodb = createDynamoDB(fabric);
  const streams: StreamReader = {
    read: (arn, position, most) => dynamodb.readStream(arn, position === '' ? undefined : position, most),
    newest: (arn) => dynamodb.latestSequence(arn),
    watch: (arn, listener) => dynamodb.onStreamRecords(arn, listener),
  };
  lambda = createLambda(fabric, {
    hostFor,
    sources: {
      queues: sqs,
      streams,
      authorize: (sourceArn, role) => authorizer?.authorizeEventSource(sourceArn, role),
    },
  });
  const states = createStates(fabric);
  const others = [
    s3,
    createKms(fabric),
    createCodeBuild(fabric),
    createEvents(fabric),
    createScheduler(fabric),
    states,
  ];
  for (const service of [sqs, dynamodb, ...others, lambda]) dispatcher.add(service);
  for (const service of options.services?.(fabric) ?? []) dispatcher.add(service);

  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    dispatcher.close();
    loop.close();
    lambda?.close();
    timers.clear();
    if (!turns.broken) turns.commit();
    store.close();
  };
  try {
    if (!store.reading)
      turns.atomically(() => {
        if (assembly) provision(assembly, (service, operation, input) => fabric.call(service, operation, input, {}));
        for (const service of dispatcher.services) service.boot();
      });
  } catch (error) {
    await close();
    throw error;
  }
  const callFrom = (context: CallContext) => (service: string, operation: string, input: object) =>
    dispatcher.outside(service, operation, input, context);
  return {
    fabric,
    assembly,
    call: (service, operation, input, context = {}) => dispatcher.outside(service, operation, input, context),
    sdk: (moduleName, context = {}) =>
      bindSdk(moduleName, loadReal, {
        call: callFrom(context),
        sleep: (ms) => new Promise((resolve) => void timers.setOutside(clock.now() + ms, resolve)),
        random: () => random.next(),
        hold: () => loop.hold(),
        requestId,
      }),
    run: (until, runOptions) => loop.run(until, runOptions),
    hold: () => loop.hold(),
    unusedGrants: () => authorizer?.unused() ?? [],
    close,
  };
}
