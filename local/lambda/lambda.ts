// The Lambda service: functions from a folder of code, run in environments of this process. An invocation starts after the commit of the
// turn that asked for it.

import { AwsError, type CallContext, type Fabric, type Service } from '../service.ts';
import { AsyncInvocations } from './async-invocations.ts';
import type { Outcome } from './environment.ts';
import { createMappings, type EventSources } from './event-source/mappings.ts';
import { type AsyncRetries, type FunctionConfiguration, Functions } from './functions.ts';
import { EnvironmentPool, type HostFactory, throttled } from './pool.ts';
import { watchRejections } from './rejections.ts';

export interface Lambda extends Service {
  /** Kills an environment as a crash would. */
  kill(environmentId: string, reason?: string): void;
  /** Lets an environment stand still. */
  pause(environmentId: string, ms: number): void;
  /** Drops all environments: the world closes. */
  close(): void;
}

export interface LambdaParts {
  readonly hostFor: HostFactory;
  readonly sources: EventSources;
}

const LONGEST_SYNCHRONOUS_PAYLOAD = 6 * 2 ** 20;
/** 1 MiB since October 2025. */
const LONGEST_EVENT_PAYLOAD = 2 ** 20;
/** What the injector has an invoker told. */
const LOST_OUTCOME: Outcome = {
  ok: false,
  error: { errorType: 'Lambda.ServiceException', errorMessage: 'the outcome was lost on its way', trace: [] },
};
const DEFAULT_RETRIES: AsyncRetries = { attempts: 2, maximumAgeMs: 6 * 3_600_000 };

export function createLambda(fabric: Fabric, parts: LambdaParts): Lambda {
  const functions = new Functions(fabric.db);
  const unwatch = watchRejections();
  const pool = new EnvironmentPool(parts.hostFor);
  const arnOf = (name: string) => `arn:aws:lambda:${fabric.region}:${fabric.accountId}:function:${name}`;
  const find = (reference: unknown) => functions.find(reference, arnOf);

  const afterStart = (ms: number, work: () => void): void => {
    if (ms === 0) fabric.turns.afterCommit(work);
    else fabric.timers.set(fabric.clock.now() + ms, () => fabric.turns.afterCommit(work));
  };

  /** Inside a turn; the promise settles outside. Throws when throttled. */
  const invoke = (configuration: FunctionConfiguration, requestId: string, payload: string): Promise<Outcome> => {
    const fault = fabric.faults?.invocation?.({ function: configuration.name, requestId, at: fabric.clock.now() });
    if (fault?.kind === 'throttle') throw throttled('ConcurrentInvocationLimitExceeded');
    pool.reserve(configuration);
    return new Promise((resolve) => {
      afterStart(fault?.kind === 'slow-start' ? fault.ms : 0, () => {
        const startedAt = fabric.clock.now();
        pool.start(configuration, requestId, payload, (outcome) => {
          const ms = fabric.clock.now() - startedAt;
          const error = outcome.ok ? {} : { error: outcome.error.errorType, message: outcome.error.errorMessage };
          fabric.log({
            kind: 'invocation',
            level: outcome.ok ? 'debug' : 'warn',
            function: configuration.name,
            requestId,
            ms,
            ...error,
          });
          resolve(fault?.kind === 'lost-outcome' ? LOST_OUTCOME : outcome);
        });
      });
    });
  };
  const events = new AsyncInvocations(fabric, functions, invoke);
  const mappings = createMappings(fabric, parts.sources, find, invoke);

  const Invoke = (input: InvokeInput, _context: CallContext) => {
    const configuration = find(input.FunctionName);
    const payload = textOf(input.Payload);
    const requestId = fabric.random.uuid();
    const type = input.InvocationType ?? 'RequestResponse';
    if (type === 'DryRun') return { StatusCode: 204 };
    checkPayload(payload, type === 'Event' ? LONGEST_EVENT_PAYLOAD : LONGEST_SYNCHRONOUS_PAYLOAD);
    if (type === 'Event') {
      events.accept(configuration, requestId, payload);
      return { StatusCode: 202, Payload: Buffer.alloc(0) };
    }
    if (type !== 'RequestResponse')
      throw invalid(`1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint`);
    return invoke(configuration, requestId, payload).then((outcome) => ({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      ...(outcome.ok ? {} : { FunctionError: 'Unhandled' }),
      Payload: Buffer.from(outcome.ok ? outcome.payload : JSON.stringify(outcome.error)),
    }));
  };

  const CreateFunction = (input: CreateFunctionInput) => {
    const name = String(input.FunctionName ?? '');
    if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name))
      throw invalid(`FunctionName: expected 1 to 64 of a-z A-Z 0-9 - _, found '${name}'`);
    if (functions.get(name))
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
    const configuration = configurationOf(input, name, arnOf(name), fabric.region);
    functions.put(configuration);
    return describe(configuration);
  };
  const UpdateFunctionConfiguration = (input: CreateFunctionInput) => {
    const old = find(input.FunctionName);
    const configuration = { ...configurationOf(input, old.name, old.arn, fabric.region, old), retries: old.retries };
    if (JSON.stringify(configuration) !== JSON.stringify(old)) {
      functions.put(configuration);
      pool.retire(old.name);
    }
    return describe(configuration);
  };
  const operations = {
    Invoke,
    CreateFunction,
    UpdateFunctionConfiguration,
    DeleteFunction: (input: { FunctionName?: string }) => {
      const { name } = find(input.FunctionName);
      functions.delete(name);
      pool.retire(name);
      return {};
    },
    GetFunction: (input: { FunctionName?: string }) => ({
      Configuration: describe(find(input.FunctionName)),
      Code: { RepositoryType: 'S3', Location: `file://${find(input.FunctionName).codePath}` },
    }),
    GetFunctionConfiguration: (input: { FunctionName?: string }) => describe(find(input.FunctionName)),
    ListFunctions: () => ({ Functions: functions.list().map(describe) }),
    PutFunctionConcurrency: (input: { FunctionName?: string; ReservedConcurrentExecutions?: number }) => {
      const reservedConcurrency = Number(input.ReservedConcurrentExecutions);
      functions.put({ ...find(input.FunctionName), reservedConcurrency });
      return { ReservedConcurrentExecutions: reservedConcurrency };
    },
    DeleteFunctionConcurrency: (input: { FunctionName?: string }) => {
      const { reservedConcurrency: _, ...rest } = find(input.FunctionName);
      functions.put(rest);
      return {};
    },
    PutFunctionEventInvokeConfig: (input: EventInvokeInput) => {
      const onFailure = input.DestinationConfig?.OnFailure?.Destination;
      functions.put({
        ...find(input.FunctionName),
        retries: {
          attempts: input.MaximumRetryAttempts ?? DEFAULT_RETRIES.attempts,
          maximumAgeMs: (input.MaximumEventAgeInSeconds ?? DEFAULT_RETRIES.maximumAgeMs / 1000) * 1000,
          ...(onFailure === undefined ? {} : { onFailure }),
        },
      });
      return {};
    },
    ...mappings.operations,
  };
  return {
    name: 'Lambda',
    operations,
    boot: () => {
      events.boot();
      mappings.boot();
    },
    kill: (environmentId, reason) => pool.kill(environmentId, reason),
    pause: (environmentId, ms) => pool.pause(environmentId, ms),
    close: () => {
      pool.close();
      unwatch();
    },
  };
}

interface InvokeInput {
  readonly FunctionName?: string;
  readonly InvocationType?: string;
  readonly Payload?: Uint8Array | string;
}

interface CreateFunctionInput {
  readonly FunctionName?: string;
  readonly Role?: string;
  readonly Handler?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Record<string, string> };
  /** `LocalPath`, our own: the folder of the code. Code from elsewhere is not offered. */
  readonly Code?: { readonly LocalPath?: string };
  readonly ReservedConcurrentExecutions?: number;
}

interface EventInvokeInput {
  readonly FunctionName?: string;
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: string } };
}

function configurationOf(
  input: CreateFunctionInput,
  name: string,
  arn: string,
  region: string,
  old?: FunctionConfiguration,
): FunctionConfiguration {
  const codePath = input.Code?.LocalPath ?? old?.codePath;
  if (codePath === undefined)
    throw invalid('Code.LocalPath: expected the folder of the code; code in an archive is not offered here');
  const timeout = input.Timeout ?? (old ? old.timeoutMs / 1000 : 3);
  if (!(timeout >= 1 && timeout <= 900)) throw invalid(`Timeout: expected 1 to 900 seconds, found ${timeout}`);
  const role = input.Role ?? old?.role;
  const reserved = input.ReservedConcurrentExecutions ?? old?.reservedConcurrency;
  return {
    name,
    arn,
    region,
    ...(role === undefined ? {} : { role }),
    handler: input.Handler ?? old?.handler ?? 'index.handler',
    codePath,
    timeoutMs: Math.round(timeout * 1000),
    memoryMb: input.MemorySize ?? old?.memoryMb ?? 128,
    environment: input.Environment?.Variables ?? old?.environment ?? {},
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
    retries: old?.retries ?? DEFAULT_RETRIES,
  };
}

function describe(configuration: FunctionConfiguration): object {
  return {
    FunctionName: configuration.name,
    FunctionArn: configuration.arn,
    Runtime: 'nodejs24.x',
    Role: configuration.role,
    Handler: configuration.handler,
    Timeout: configuration.timeoutMs / 1000,
    MemorySize: configuration.memoryMb,
    Environment: { Variables: configuration.environment },
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
  };
}

function textOf(payload: Uint8Array | string | undefined): string {
  const text =
    payload === undefined ? '' : typeof payload === 'string' ? payload : Buffer.from(payload).toString('utf8');
  return text === '' ? '{}' : text;
}

function checkPayload(payload: string, longest: number): void {
  const size = Buffer.byteLength(payload);
  if (size > longest) {
    const message = `Request must be smaller than ${longest} bytes for the InvokeFunction operation`;
    throw new AwsError('RequestTooLargeException', message, 413, { Type: 'User' });
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Could not parse request body into json: ${reason}`;
    throw new AwsError('InvalidRequestContentException', message, 400, { Type: 'User' });
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
