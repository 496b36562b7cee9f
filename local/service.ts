// What the services of local/ share: how they are called, how they answer errors, and what the world gives them.
// A service keeps the truth in its own tables; timers are memory only and are armed again in boot().

import type { DatabaseSync } from 'node:sqlite';
import type { Faults } from './faults.ts';
import type { Observer } from './observer.ts';

export interface CallContext {
  /** Role ARN the call is made with; absent for an outside caller, who is not checked. */
  readonly principal?: string;
  /** Lambda environment the call came from, for faults and logs. */
  readonly environment?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs have the shapes of the AWS SDK's commands
export type Operation = (input: any, context: CallContext) => any;

export interface Service {
  /** The SDK's name without `Client`: SFN, Lambda, SQS, DynamoDB, S3, EventBridge, Scheduler. */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Arms timers and takes up work found in the store. Called once after all services exist, also after a crash. */
  boot(): void;
}

/** An error as AWS answers it: `name` is the code on the wire. */
export class AwsError extends Error {
  readonly status: number;
  readonly $fault: 'client' | 'server';
  /** Further members of the error's shape, such as CancellationReasons. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.$fault = status >= 500 ? 'server' : 'client';
    this.members = members;
    Object.assign(this, members);
  }
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Runs `work` in a turn of its own at `at` (epoch ms; the past means as soon as possible). Order: time, then order of setting. */
  set(at: number, work: () => void): Timer;
}

export interface Turns {
  /** Runs `effect` once everything changed so far is committed. */
  afterCommit(effect: () => void): void;
  /**
   * Runs `work` once, just before the commit of the turn it was registered in (of the next turn when none is open): a service
   * writes there what it gathered during the turn. Work may register further work, which runs before the same commit.
   */
  beforeCommit(work: () => void): void;
  /** Runs `work` in this turn or a later one, first in, first out; may be called outside a turn, which opens one. */
  defer(work: () => void): void;
}

export interface Randomness {
  /** 0 <= x < 1 */
  next(): number;
  uuid(): string;
  /** Opaque text of `bytes` random bytes, base64url. */
  token(bytes: number): string;
}

/** What the world gives a service. */
export interface Fabric {
  readonly region: string;
  readonly accountId: string;
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly turns: Turns;
  readonly random: Randomness;
  /** Calls another service, checked against `context.principal`'s policies. May throw AwsError or reject with one. */
  call(service: string, operation: string, input: object, context: CallContext): unknown;
  /** For what a service starts by itself; calls are shown to the injector on their way. */
  readonly faults?: Faults;
  readonly observer?: Observer;
  /** Says something happened, for logs; never with tokens or payloads. */
  log(entry: Readonly<Record<string, unknown>>): void;
}
