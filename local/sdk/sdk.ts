// SDK modules bound to a world: everything in them is the SDK's, but `send` of their clients goes to `caller`. A real client is only
// built when somebody looks at its configuration, since building one costs more than a call.

import { AwsError } from '../service.ts';
import { dressOutput, needsReading, readBody } from './bodies.ts';
import { isDocumentCommand, marshallInput, type TranslateConfig, unmarshallOutput } from './document-commands.ts';
import { toSdkException } from './errors.ts';

export interface SdkCaller {
  /** Rejects with AwsError, or with another Error for what no service answered. */
  call(service: string, operation: string, input: object): Promise<unknown>;
  /** Keeps virtual time still until the returned function is called. */
  hold(): () => void;
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

function bindClient(real: Constructor, errors: Module, caller: SdkCaller): Constructor {
  const service = serviceOf(errors);
  const built = new WeakMap<object, { readonly parameters: unknown[]; real?: Record<string, unknown> }>();
  const lookAt = (self: object): Record<string, unknown> => {
    const entry = built.get(self);
    if (!entry) throw new TypeError('not a client');
    entry.real ??= Reflect.construct(real, withDefaults(entry.parameters)) as Record<string, unknown>;
    return entry.real;
  };
  function Client(this: unknown, ...parameters: unknown[]): object {
    const self = Object.create((new.target ?? Client).prototype) as object;
    built.set(self, { parameters });
    return self;
  }
  const send = function (this: object, command: Command, options?: SendOptions | Callback, callback?: Callback) {
    const translate = built.get(this)?.parameters[1] as TranslateConfig | undefined;
    const reply = perform(service, errors, caller, command, translate ?? {});
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
  if (first !== null && typeof first === 'object' && 'send' in first) return [...parameters];
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return [{ region: 'us-east-1', credentials, ...(first as object | undefined) }, ...others];
}

async function perform(
  service: string,
  errors: Module,
  caller: SdkCaller,
  command: Command,
  translate: TranslateConfig,
) {
  const operation = (command.clientCommand ?? command).schema?.[2];
  if (typeof operation !== 'string') throw new TypeError('send() needs a command of the AWS SDK');
  const document = isDocumentCommand(command) ? command : undefined;
  const input = document ? marshallInput(document, translate) : (command.input ?? {});
  const $metadata = () => ({ httpStatusCode: 200, requestId: caller.requestId(), attempts: 1, totalRetryDelay: 0 });
  try {
    const output = (await (needsReading(input as Module)
      ? readThenCall(service, operation, input, caller)
      : caller.call(service, operation, input))) as Module;
    const dressed = dressOutput(service, operation, output ?? {});
    return { $metadata: $metadata(), ...(document ? unmarshallOutput(document, dressed, translate) : dressed) };
  } catch (thrown) {
    throw thrown instanceof AwsError ? toSdkException(errors, thrown, caller.requestId()) : thrown;
  }
}

async function readThenCall(service: string, operation: string, input: object, caller: SdkCaller): Promise<unknown> {
  const release = caller.hold();
  try {
    const read = await readBody(input as Module);
    return caller.call(service, operation, read);
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
