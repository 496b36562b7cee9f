// One Lambda environment: a loaded bundle that runs one invocation at a time. Between invocations it is frozen: timers and replies that
// come due are held until the next one. A dead environment never acts again: timers are cancelled, replies dropped, calls never answered.

import type { Timer } from '../service.ts';
import type { FunctionConfiguration } from './functions.ts';
import { type InvocationError, importError, reportError } from './invocation-error.ts';
import { type RejectionOwner, runAs } from './rejections.ts';
import type { SandboxHost, SandboxRandomness } from './sandbox/host.ts';
import { type Handler, loadHandler } from './sandbox/sandbox.ts';

export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: InvocationError };

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  finish(outcome: Outcome): void;
}

export interface EnvironmentHost {
  readonly virtual: boolean;
  now(): number;
  readonly random: SandboxRandomness;
  setTimer(at: number, work: () => void): Timer;
  /** A call to the world in the name of the function's role. */
  call(service: string, operation: string, input: object): Promise<unknown>;
  /** Modules its code may require besides the SDK and Node's. */
  readonly modules: Readonly<Record<string, unknown>>;
  /** Beside those of the function's configuration. */
  readonly variables: Readonly<Record<string, string>>;
  /** Binds an SDK module to the environment's `call` and `sleep`. */
  bind(moduleName: string, environment: EnvironmentCalls): unknown;
  log(entry: Readonly<Record<string, unknown>>): void;
  /** The environment died and must not be used again. */
  died(): void;
}

/** How an environment's SDK clients reach the world: not at all once it is dead, and not before it is thawed when it is frozen. */
interface EnvironmentCalls {
  call(service: string, operation: string, input: object): Promise<unknown>;
  sleep(ms: number): Promise<void>;
}

const LONGEST_RESPONSE = 6 * 2 ** 20;

export class Environment implements RejectionOwner {
  readonly id: string;
  readonly configuration: FunctionConfiguration;
  readonly #host: EnvironmentHost;
  readonly #timers = new Set<Timer>();
  #handler: Handler | undefined;
  #invocation: Invocation | undefined;
  #deadline = 0;
  #timeout: Timer | undefined;
  #held: (() => void)[] = [];
  #dead = false;
  #paused = false;

  constructor(id: string, configuration: FunctionConfiguration, host: EnvironmentHost) {
    this.id = id;
    this.configuration = configuration;
    this.#host = host;
  }

  get busy(): boolean {
    return this.#invocation !== undefined;
  }

  /** Starts an invocation; an idle environment only. The first one loads the bundle. */
  invoke(invocation: Invocation): void {
    const { timeoutMs } = this.configuration;
    this.#invocation = invocation;
    this.#deadline = this.#host.now() + timeoutMs;
    this.#timeout = this.#host.setTimer(this.#deadline, () => {
      const seconds = (timeoutMs / 1000).toFixed(2);
      const message = `RequestId: ${invocation.requestId} Error: Task timed out after ${seconds} seconds`;
      this.#die({ errorType: 'Sandbox.Timedout', errorMessage: message });
    });
    try {
      runAs(this, () => {
        this.#handler ??= loadHandler(this.configuration.handler, this.#sandboxHost());
      });
    } catch (error) {
      // A process that ended itself while loading has told its story already.
      this.#die(importError(error));
    }
    const handler = this.#handler;
    if (this.#dead || !handler) return;
    runAs(this, () => {
      for (const held of this.#held.splice(0)) held();
      this.#run(handler, invocation);
    });
  }

  /** Ends it as a crash of its process would; an invocation in progress fails with Runtime.ExitError. */
  kill(reason = 'signal: killed'): void {
    const request = this.#invocation ? `RequestId: ${this.#invocation.requestId} ` : '';
    const errorMessage = `${request}Error: Runtime exited with error: ${reason}`;
    this.#die({ errorType: 'Runtime.ExitError', errorMessage });
  }

  /** Stands still for `ms`: what comes due and what is answered meanwhile reaches its code afterwards. Its time limit goes on. */
  pause(ms: number): void {
    if (this.#dead || this.#paused) return;
    this.#paused = true;
    const armed = this.#host.setTimer(this.#host.now() + ms, () => {
      this.#timers.delete(armed);
      this.#paused = false;
      if (this.busy) for (const held of this.#held.splice(0)) runAs(this, held);
    });
    this.#timers.add(armed);
  }

  /** A promise of its code was rejected and nobody looked. */
  rejected(reason: unknown): void {
    const { errorMessage, trace, errorType } = reportError(reason);
    this.#die({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: `${errorType}: ${errorMessage}`, trace });
  }

  /** Drops it without a word to anybody: the world is closing. */
  drop(): void {
    this.#invocation = undefined;
    this.#dead = true;
    this.#silence();
  }

  #run(handler: Handler, invocation: Invocation): void {
    const succeed = (value: unknown) => {
      if (this.#invocation === invocation) this.#finish(encode(value));
    };
    const fail = (thrown: unknown) => {
      if (this.#invocation === invocation) this.#finish({ ok: false, error: reportError(thrown) });
    };
    let result: unknown;
    try {
      result = handler(JSON.parse(invocation.payload), this.#context(invocation));
    } catch (thrown) {
      fail(thrown);
      return;
    }
    Promise.resolve(result).then(succeed, fail);
  }

  #finish(outcome: Outcome): void {
    const invocation = this.#invocation;
    this.#timeout?.cancel();
    this.#invocation = undefined;
    invocation?.finish(outcome);
  }

  #die(error: InvocationError): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#silence();
    this.#host.died();
    this.#finish({ ok: false, error });
  }

  #silence(): void {
    this.#timeout?.cancel();
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#held = [];
  }

  /** Lets something from outside reach the handler's code: now, at the next invocation, or never. */
  #deliver(work: () => void): void {
    if (this.#dead) return;
    if (this.busy && !this.#paused) runAs(this, work);
    else this.#held.push(work);
  }

  #call(service: string, operation: string, input: object): Promise<unknown> {
    if (this.#dead) return new Promise(() => {});
    const reply = this.#host.call(service, operation, input);
    return new Promise((resolve, reject) => {
      reply.then(
        (value) => this.#deliver(() => resolve(value)),
        (error) => this.#deliver(() => reject(error)),
      );
    });
  }

  #sandboxHost(): SandboxHost {
    const { configuration } = this;
    return {
      virtual: this.#host.virtual,
      now: () => this.#host.now(),
      random: this.#host.random,
      setTimer: (at, work) => this.#setTimer(at, work),
      print: (level, text) =>
        this.#host.log({
          kind: 'output',
          level,
          function: configuration.name,
          ...(this.#invocation ? { requestId: this.#invocation.requestId } : {}),
          text,
        }),
      sdk: (moduleName) =>
        this.#host.bind(moduleName, {
          call: (service, operation, input) => this.#call(service, operation, input),
          sleep: (ms) => new Promise((resolve) => void this.#setTimer(this.#host.now() + ms, resolve)),
        }),
      exit: (status) => this.kill(`exit status ${status}`),
      uncaught: (error) => this.#die(reportError(error)),
      variables: { ...runtimeVariables(configuration), ...configuration.environment, ...this.#host.variables },
      codePath: configuration.codePath,
      modules: this.#host.modules,
      memoryMb: configuration.memoryMb,
    };
  }

  #setTimer(at: number, work: () => void): Timer {
    if (this.#dead) return { cancel: () => {} };
    let cancelled = false;
    const armed = this.#host.setTimer(at, () => {
      this.#timers.delete(armed);
      this.#deliver(() => {
        if (!cancelled) work();
      });
    });
    this.#timers.add(armed);
    return {
      cancel: () => {
        cancelled = true;
        armed.cancel();
        this.#timers.delete(armed);
      },
    };
  }

  #context(invocation: Invocation): object {
    const { name, arn, memoryMb } = this.configuration;
    return {
      callbackWaitsForEmptyEventLoop: true,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMb),
      awsRequestId: invocation.requestId,
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: this.id,
      getRemainingTimeInMillis: () => Math.max(0, this.#deadline - this.#host.now()),
    };
  }
}

function encode(value: unknown): Outcome {
  let payload: string;
  try {
    payload = JSON.stringify(value === undefined ? null : value) ?? 'null';
  } catch (thrown) {
    const errorMessage = `Unable to stringify response body as json: ${thrown instanceof Error ? thrown.message : thrown}`;
    return { ok: false, error: { errorType: 'Runtime.MarshalError', errorMessage, trace: [] } };
  }
  const size = Buffer.byteLength(payload);
  if (size <= LONGEST_RESPONSE) return { ok: true, payload };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${LONGEST_RESPONSE} bytes).`;
  return { ok: false, error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

function runtimeVariables({ name, handler, memoryMb, region }: FunctionConfiguration): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
  };
}
