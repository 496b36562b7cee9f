// A small world for the interpreter's tests: virtual clock, turns with a transaction each, services given by the test.

import { DatabaseSync } from 'node:sqlite';
import type { CallContext, Fabric, Operation, Service, Timer } from '../../../local/service.ts';
import { AwsError } from '../../../local/service.ts';
import { createStates, type StatesOptions } from '../../../local/states/create-states.ts';

type Services = Record<string, Record<string, Operation>>;

export interface TestWorldOptions extends StatesOptions {
  /** Services by name; a function gets the fabric they may need. */
  readonly services?: Services | ((fabric: Fabric) => Services);
  readonly start?: number;
  readonly file?: string;
  readonly seed?: number;
  /** Every deferred piece of work in a turn of its own: the most commits there can be. */
  readonly fine?: boolean;
}

class Timers {
  readonly #heap: { at: number; sequence: number; work: () => void; live: boolean }[] = [];
  #sequence = 0;

  set(at: number, work: () => void): Timer {
    const entry = { at, sequence: this.#sequence++, work, live: true };
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!before(entry, heap[up] as typeof entry)) break;
      heap[i] = heap[up] as typeof entry;
      i = up;
    }
    heap[i] = entry;
    return {
      cancel: () => {
        entry.live = false;
      },
    };
  }

  next(): { at: number; work: () => void } | undefined {
    const heap = this.#heap;
    for (;;) {
      const top = heap[0];
      if (!top) return undefined;
      const last = heap.pop() as typeof top;
      if (heap.length > 0) {
        let i = 0;
        for (;;) {
          let child = 2 * i + 1;
          if (child >= heap.length) break;
          const right = child + 1;
          if (right < heap.length && before(heap[right] as typeof top, heap[child] as typeof top)) child = right;
          if (!before(heap[child] as typeof top, last)) break;
          heap[i] = heap[child] as typeof top;
          i = child;
        }
        heap[i] = last;
      }
      if (top.live) return top;
    }
  }
}

function before(a: { at: number; sequence: number }, b: { at: number; sequence: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class TestWorld {
  now: number;
  readonly db: DatabaseSync;
  readonly fabric: Fabric;
  readonly states: Service;
  services: Services = {};
  readonly #timers = new Timers();
  #deferred: (() => void)[] = [];
  #before: (() => void)[] = [];
  #after: (() => void)[] = [];
  #later: (() => void)[] = [];
  turns = 0;
  readonly #fine: boolean;
  closed = false;

  constructor(options: TestWorldOptions = {}) {
    this.now = options.start ?? Date.UTC(2026, 0, 1);
    this.#fine = options.fine ?? false;
    this.db = new DatabaseSync(options.file ?? ':memory:');
    // A killed process loses nothing by this, only a machine without power would.
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
    const next = random(options.seed ?? 1);
    const hex = (n: number) => Array.from({ length: n }, () => Math.floor(next() * 16).toString(16)).join('');
    this.fabric = {
      region: 'us-east-1',
      accountId: '111111111111',
      db: this.db,
      clock: { now: () => this.now },
      timers: { set: (at, work) => this.#timers.set(at, work) },
      turns: {
        afterCommit: (effect) => this.#after.push(effect),
        beforeCommit: (work) => this.#before.push(work),
        defer: (work) => this.#deferred.push(work),
      },
      random: {
        next,
        uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
        token: (bytes) => hex(bytes * 2),
      },
      call: (service, operation, input, context) => this.#call(service, operation, input, context),
      log: () => {},
    };
    const { services = {} } = options;
    this.services = typeof services === 'function' ? services(this.fabric) : services;
    this.states = createStates(this.fabric, options);
    this.#turn(() => this.states.boot());
  }

  #call(service: string, operation: string, input: object, context: CallContext): unknown {
    if (service === 'SFN') return (this.states.operations[operation] as Operation)(input, context);
    const run = this.services[service]?.[operation];
    if (!run) throw new AwsError('UnknownOperationException', `There is no ${service} ${operation} in this world`);
    return run(input, context);
  }

  #turn(work: () => void): void {
    this.turns++;
    this.db.exec('BEGIN');
    work();
    for (let budget = this.#fine ? 0 : 100; this.#deferred.length > 0 && budget > 0; budget--) {
      const batch = this.#deferred;
      this.#deferred = [];
      for (const each of batch) each();
    }
    while (this.#before.length > 0) {
      const batch = this.#before;
      this.#before = [];
      for (const each of batch) each();
    }
    this.db.exec('COMMIT');
    const effects = this.#after;
    this.#after = [];
    for (const effect of effects) effect();
  }

  /** Calls Step Functions as an outside caller. */
  call<T = Record<string, unknown>>(operation: string, input: object): T {
    const run = this.states.operations[operation];
    if (!run) throw new Error(`no operation ${operation}`);
    let answer: unknown;
    let failure: unknown;
    this.#turn(() => {
      try {
        answer = run(input, {});
      } catch (cause) {
        failure = cause ?? new Error('failed');
      }
    });
    if (failure !== undefined) throw failure;
    return answer as T;
  }

  /** Runs until nothing is left, or until `until` holds; moves virtual time when nothing can run. */
  async run(until: () => boolean = () => false, deadline = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.closed || until()) return;
      if (this.#deferred.length > 0) {
        this.#turn(this.#fine ? (this.#deferred.shift() as () => void) : () => {});
        continue;
      }
      const outside = this.#later.shift();
      if (outside) {
        outside();
        continue;
      }
      const timer = this.#timers.next();
      if (!timer) return;
      if (timer.at > deadline) {
        this.#timers.set(timer.at, timer.work);
        return;
      }
      if (timer.at > this.now) this.now = timer.at;
      this.#turn(timer.work);
    }
  }

  /** Runs `work` outside any turn, after the present one and before time moves. */
  later(work: () => void): void {
    this.#later.push(work);
  }

  ended(arn: string): boolean {
    return this.call('DescribeExecution', { executionArn: arn }).status !== 'RUNNING';
  }

  /** Drops the world as a killed process would: what was not committed is lost. */
  close(): void {
    this.closed = true;
    this.db.close();
  }

  create(definition: object | string, more: object = {}): string {
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const input = { name: `m${this.turns}`, definition: text, roleArn: 'arn:aws:iam::111111111111:role/r', ...more };
    return this.call('CreateStateMachine', input).stateMachineArn as string;
  }

  start(machine: string, input: unknown = {}, name?: string): string {
    const more = name === undefined ? {} : { name };
    return this.call('StartExecution', { stateMachineArn: machine, input: JSON.stringify(input), ...more })
      .executionArn as string;
  }

  describe(arn: string): Record<string, unknown> {
    return this.call('DescribeExecution', { executionArn: arn });
  }

  history(arn: string): HistoryItem[] {
    const events: HistoryItem[] = [];
    let nextToken: string | undefined;
    do {
      const answer: { events: HistoryItem[]; nextToken?: string } = this.call('GetExecutionHistory', {
        executionArn: arn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      events.push(...answer.events);
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return events;
  }
}

export interface HistoryItem {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly timestamp: Date;
  readonly [details: string]: unknown;
}

/** Creates the machine, runs one execution of it to its end and describes it. */
export async function runOnce(
  definition: object,
  input: unknown = {},
  options: TestWorldOptions = {},
): Promise<{ world: TestWorld; arn: string; status: unknown; output: unknown; error: unknown; cause: unknown }> {
  const world = new TestWorld(options);
  const arn = world.start(world.create(definition), input);
  await world.run();
  const { status, output, error, cause } = world.describe(arn);
  return { world, arn, status, output: output === undefined ? undefined : JSON.parse(String(output)), error, cause };
}
