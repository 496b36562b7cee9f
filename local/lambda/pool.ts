// The environments of all functions: at most one invocation in each, the last used is used first, and no more at once than the account
// and the function's reserved concurrency allow.

import { AwsError } from '../service.ts';
import { Environment, type EnvironmentHost, type Outcome } from './environment.ts';
import type { FunctionConfiguration } from './functions.ts';

/** Concurrent executions of an account, Lambda's default quota. */
const ACCOUNT_CONCURRENCY = 1000;

interface Members {
  idle: Environment[];
  readonly all: Set<Environment>;
  running: number;
}

/** Makes the host of a new environment. */
export type HostFactory = (
  configuration: FunctionConfiguration,
  environmentId: string,
  died: () => void,
) => EnvironmentHost;

export class EnvironmentPool {
  readonly #hostFor: HostFactory;
  readonly #members = new Map<string, Members>();
  readonly #byId = new Map<string, Environment>();
  #running = 0;
  #made = 0;

  constructor(hostFor: HostFactory) {
    this.#hostFor = hostFor;
  }

  /** Takes a slot for one invocation, to be used by `start`. @throws TooManyRequestsException */
  reserve(configuration: FunctionConfiguration): void {
    const members = this.#of(configuration.name);
    const reserved = configuration.reservedConcurrency;
    if (reserved !== undefined && members.running >= reserved)
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    if (this.#running >= ACCOUNT_CONCURRENCY) throw throttled('ConcurrentInvocationLimitExceeded');
    members.running++;
    this.#running++;
  }

  /** Runs an invocation in the slot reserved for it. Outside a turn. */
  start(
    configuration: FunctionConfiguration,
    requestId: string,
    payload: string,
    finish: (outcome: Outcome) => void,
  ): void {
    const members = this.#of(configuration.name);
    const environment = members.idle.pop() ?? this.#make(configuration, members);
    environment.invoke({
      requestId,
      payload,
      finish: (outcome) => {
        members.running--;
        this.#running--;
        if (members.all.has(environment)) members.idle.push(environment);
        else this.#byId.delete(environment.id);
        finish(outcome);
      },
    });
  }

  /** Kills one environment, by the id its calls carry. */
  kill(environmentId: string, reason?: string): void {
    this.#byId.get(environmentId)?.kill(reason);
  }

  /** Lets one environment stand still. */
  pause(environmentId: string, ms: number): void {
    this.#byId.get(environmentId)?.pause(ms);
  }

  /** Retires a function's idle environments, so that the next invocation sees its new configuration or code. */
  retire(name: string): void {
    const members = this.#of(name);
    for (const environment of members.all) {
      members.all.delete(environment);
      if (environment.busy) continue;
      environment.drop();
      this.#byId.delete(environment.id);
    }
    members.idle = [];
  }

  /** Drops every environment: the world closes. */
  close(): void {
    for (const environment of this.#byId.values()) environment.drop();
    this.#byId.clear();
    this.#members.clear();
  }

  #of(name: string): Members {
    let members = this.#members.get(name);
    if (!members) {
      members = { idle: [], all: new Set(), running: 0 };
      this.#members.set(name, members);
    }
    return members;
  }

  #make(configuration: FunctionConfiguration, members: Members): Environment {
    const id = `${configuration.name}/${++this.#made}`;
    const died = () => {
      members.all.delete(environment);
      members.idle = members.idle.filter((idle) => idle !== environment);
      this.#byId.delete(id);
    };
    const environment: Environment = new Environment(id, configuration, this.#hostFor(configuration, id, died));
    members.all.add(environment);
    this.#byId.set(id, environment);
    return environment;
  }
}

/** What an invocation without a place is answered. */
export function throttled(reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    Reason: reason,
    retryAfterSeconds: '1',
    Type: 'User',
  });
}
