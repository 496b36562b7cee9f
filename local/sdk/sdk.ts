// SDK modules bound to a world: everything in them is the SDK's, but `send` of their clients goes to `caller`. A real client is only
// built when somebody looks at its configuration, since building one costs more than a call.

import { AwsError } from '../service.ts';
import { dressOutput, needsReading, readBody } from './bodies.ts';
import { isDocumentCommand, marshallInput, type TranslateConfig, unmarshallOutput } from './document-commands.ts';
import { toSdkException } from './errors.ts';
import { type RetryClock, type RetryConfig, withRetries } from './retries.ts';

export interface SdkCaller extends RetryClock {
  /** Rejects with AwsError, or with another Error for what no service answered. */
  call(service: string, operation: string, input: object): Promise<unknown>;
  requestId(): string;
}

type Module = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: any constructor of the SDK
type Constructor = new (...parameters: any[]) => any;
interface Command {
  readonly input?: object;
  readonly schema?: readonly unknown[];
  readonly clientCommand?: Command;
}
interface SendOptions {
  readonly abortSignal?: AbortSignal;
}
type Callback = (error: unknown, output?: unknown) => void;

const DOCUMENT_MODULE = '@aws-sdk/lib-dynamodb';

/** Whether the world can bind the module: a client of the SDK, or lib-dynamodb. Other modules of the SDK need no binding. */
export function isBindable(moduleName: string): boolean {
  return moduleName === DOCUMENT_MODULE || moduleName.startsWith('@aws-sdk/client-');
}

/** `load` is how the real modules are required. */
export function bindSdk(moduleName: string, load: (name: string) => Module, caller: SdkCaller): Module {
  const real = load(moduleName);
  const errors = moduleName === DOCUMENT_MODULE ? load('@aws-sdk/client-dynamodb') : real;
  const bound: Record<string, unknown> = { ...real };
  const base = real.__Client as Constructor;
  for (const [name, value] of Object.entries(real)) {
    if (typeof value === 'function' && value !== base && value.prototype instanceof base) {
      bound[name] = bindClient(value as Constructor, errors, caller);
    }
  }
  return bound;
}

function serviceOf(errors: Module): string {
  const name = Object.keys(errors).find((key) => /^[A-Z]\w*Client$/.test(key)) ?? '';
  return name.slice(0, -'Client'.length);
}

/** What every bound client was made with. */
const parametersOf = new WeakMap<object, readonly unknown[]>();

function isClient(value: unknown): value is object {
  return value !== null && typeof value === 'object' && 'send' in value;
}

function bindClient(real: Constructor, errors: Module, caller: SdkCaller): Constructor {
  const service = serviceOf(errors);
  const built = new WeakMap<object, { readonly parameters: unknown[]; real?: Record<string, unknown> }>();
  const lookAt = (self: object): Record<string, unknown> => {
    const entry = built.get(self);
    if (!entry) throw new TypeError('not a client');
    entry.real ??= Reflect.construct(real, withDefaults(entry.parameters)) as Record<string, unknown>;
    return entry.real;
  };
  /** A document client has its configuration from the client it was made from. */
  const settings = (self: object): { config: RetryConfig; translate: TranslateConfig } => {
    const [first, second] = built.get(self)?.parameters ?? [];
    const own = isClient(first) ? (parametersOf.get(first)?.[0] ?? {}) : (first ?? {});
    return { config: own as RetryConfig, translate: (second ?? {}) as TranslateConfig };
  };
  function Client(this: unknown, ...parameters: unknown[]): object {
    const self = Object.create((new.target ?? Client).prototype) as object;
    built.set(self, { parameters });
    parametersOf.set(self, parameters);
    return self;
  }
  const send = function (this: object, command: Command, options?: SendOptions | Callback, callback?: Callback) {
    const { config, translate } = settings(this);
    const reply = perform({ service, errors, caller, config, translate }, command);
    const done = typeof options === 'function' ? options : callback;
    if (done) {
      reply.then((output) => done(null, output), done);
      return undefined;
    }
    const signal = typeof options === 'object' ? options.abortSignal : undefined;
    return signal ? abortable(reply, signal) : reply;
  };
  Client.prototype = Object.create(real.prototype, {
    constructor: { value: Client, writable: true, configurable: true },
    send: { value: send, writable: true, configurable: true },
    destroy: { value: () => {}, writable: true, configurable: true },
    config: { get: (): unknown => undefined, configurable: true },
    middlewareStack: { get: (): unknown => undefined, configurable: true },
  });
  for (const member of ['config', 'middlewareStack']) {
    Object.defineProperty(Client.prototype, member, {
      configurable: true,
      get(this: object) {
        return lookAt(this)[member];
      },
    });
  }
  Object.setPrototypeOf(Client, real);
  Object.defineProperty(Client, 'name', { value: real.name });
  if ('from' in real) {
    Object.assign(Client, {
      from: (client: object, translate?: TranslateConfig) => Reflect.construct(Client, [client, translate]),
    });
  }
  return Client as unknown as Constructor;
}

function withDefaults(parameters: readonly unknown[]): unknown[] {
  const [first, ...others] = parameters;
  // The document client's first parameter is a client; a plain client's is its configuration, which may lack what AWS would supply.
  if (isClient(first)) return [...parameters];
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return [{ region: 'us-east-1', credentials, ...(first as object | undefined) }, ...others];
}

interface Binding {
  readonly service: string;
  readonly errors: Module;
  readonly caller: SdkCaller;
  readonly config: RetryConfig;
  readonly translate: TranslateConfig;
}

async function perform({ service, errors, caller, config, translate }: Binding, command: Command): Promise<object> {
  const operation = (command.clientCommand ?? command).schema?.[2];
  if (typeof operation !== 'string') throw new TypeError('send() needs a command of the AWS SDK');
  const document = isDocumentCommand(command) ? command : undefined;
  let input = document ? marshallInput(document, translate) : (command.input ?? {});
  if (needsReading(input as Module)) input = await readHeld(input as Module, caller);
  const attempt = async (): Promise<Module> => {
    try {
      return ((await caller.call(service, operation, input)) ?? {}) as Module;
    } catch (thrown) {
      throw thrown instanceof AwsError ? toSdkException(errors, thrown, caller.requestId()) : thrown;
    }
  };
  const { value, attempts, totalRetryDelay } = await withRetries(attempt, config, caller);
  const output = dressOutput(service, operation, value);
  const $metadata = { httpStatusCode: 200, requestId: caller.requestId(), attempts, totalRetryDelay };
  return { $metadata, ...(document ? unmarshallOutput(document, output, translate) : output) };
}

async function readHeld(input: Module, caller: SdkCaller): Promise<object> {
  const release = caller.hold();
  try {
    return await readBody(input);
  } finally {
    release();
  }
}

function abortable<T>(reply: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    reply.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
