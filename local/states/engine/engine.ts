// What the parts of the engine share: its services, its executions in memory, its run queue.
// The parts (step, fan-out, tasks, map runs, endings) are functions over this; they never await.

import type { Fabric } from '../../service.ts';
import type { Program } from '../definition/program.ts';
import type { Failure } from '../failure.ts';
import type { Doc } from '../json.ts';
import type { Evaluate } from '../scope.ts';
import type { TaskConnector } from '../tasks/connector.ts';
import { StrandScope } from './context.ts';
import type { Execution, Status, Strand } from './execution.ts';
import { makeEvent } from './history.ts';
import type { MapRun } from './map-run.ts';
import { describeForParent, type NestedEnd } from './nested.ts';
import { Offers } from './offers.ts';
import type { Store } from './store.ts';

/** AWS: an execution's history holds 25,000 events at most, the last one its end. */
const MAX_EVENTS = 25_000;

/** Steps run in one turn before others get theirs. */
const STEPS_PER_TURN = 20_000;

class HistoryFull extends Error {}

/** The moves of a strand, which the engine's parts call on each other through the engine. */
export interface Moves {
  step(engine: Engine, execution: Execution, strand: Strand): void;
  begin(engine: Engine, execution: Execution, strand: Strand): void;
  attempt(engine: Engine, execution: Execution, strand: Strand, work: () => void): void;
  finish(engine: Engine, execution: Execution, strand: Strand, scope: StrandScope, result: Doc): void;
  leave(
    engine: Engine,
    execution: Execution,
    strand: Strand,
    scope: StrandScope,
    output: Doc,
    assignFrom: Doc,
    assign: Evaluate | undefined,
    next: string | undefined,
  ): void;
  childEnded(engine: Engine, execution: Execution, strand: Strand, end: NestedEnd): void;
  mapChildEnded(engine: Engine, child: Execution): void;
  abortMapRun(engine: Engine, arn: string): void;
  redriveChild(engine: Engine, run: string, index: number): boolean;
  failed(engine: Engine, execution: Execution, strand: Strand, failure: Failure, own?: boolean): void;
  endExecution(
    engine: Engine,
    execution: Execution,
    status: Status,
    previous: number,
    output: Doc | undefined,
    failure?: Failure,
  ): void;
}

export class Engine {
  readonly fabric: Fabric;
  readonly store: Store;
  readonly connect: TaskConnector;
  readonly moves: Moves;
  /** Executions that ended in this turn and are not written yet, by ARN. */
  readonly ended = new Map<string, Execution>();
  readonly offers = new Offers();
  readonly mapRuns = new Map<string, MapRun>();
  readonly #dirtyRuns = new Set<MapRun>();
  /** @throws StateFailure when there is no such activity */
  requireActivity: (arn: string) => void = () => {};
  childEnded: (engine: Engine, execution: Execution, strand: Strand, end: NestedEnd) => void;
  /** Open executions by ARN; ended ones are read from the store. */
  readonly open = new Map<string, Execution>();
  /** Open executions by number, as task tokens name them. */
  readonly openById = new Map<number, Execution>();
  /** Compiles the text of a definition found in the store. */
  compile: (text: string) => Program;
  /** Called at the end of every execution that others wait for in memory (StartSyncExecution, map runs). */
  readonly listeners = new Map<string, ((execution: Execution) => void)[]>();
  #queue: { execution: Execution; strand: Strand }[] = [];
  #head = 0;
  #scheduled = false;
  readonly #dirty = new Set<Execution>();
  /** Transitions since the engine was made. */
  transitions = 0;

  constructor(fabric: Fabric, store: Store, connect: TaskConnector, moves: Moves, compile: (text: string) => Program) {
    this.compile = compile;
    this.fabric = fabric;
    this.store = store;
    this.connect = connect;
    this.moves = moves;
    this.childEnded = moves.childEnded;
  }

  now(): number {
    return this.fabric.clock.now();
  }

  scope(execution: Execution, strand: Strand): StrandScope {
    return new StrandScope(execution, strand, this.fabric.random, this.now());
  }

  /** Appends an event and returns its id. @throws HistoryFull when only the last event's place is left */
  emit(
    execution: Execution,
    previous: number,
    type: string,
    name?: string,
    doc?: Doc,
    extra?: Readonly<Record<string, unknown>>,
  ): number {
    if (execution.lastEvent >= MAX_EVENTS - 1 && !ENDINGS.has(type) && execution.facts.type === 'STANDARD') {
      throw new HistoryFull();
    }
    const id = ++execution.lastEvent;
    if (execution.facts.type === 'STANDARD') {
      execution.history.push(makeEvent(id, previous, this.now(), type, name, doc, extra));
    }
    this.touch(execution);
    return id;
  }

  /** Marks an execution to be written before the turn's commit. */
  touch(execution: Execution, strand?: Strand): void {
    if (strand && !strand.dirty) {
      strand.dirty = true;
      execution.changed.add(strand);
    }
    execution.headDirty = true;
    if (this.#dirty.size === 0) this.fabric.turns.beforeCommit(() => this.#flush());
    this.#dirty.add(execution);
  }

  touchRun(execution: Execution, run: MapRun): void {
    this.touch(execution);
    this.#dirtyRuns.add(run);
  }

  #flush(): void {
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    for (const run of this.#dirtyRuns) this.store.writeMapRun(run);
    this.#dirtyRuns.clear();
    for (const execution of dirty) this.store.write(execution);
    this.ended.clear();
  }

  /** Executions changed in this turn and not yet written. */
  changedExecutions(): Iterable<Execution> {
    return this.#dirty;
  }

  /** Puts a strand at the end of the run queue. */
  ready(execution: Execution, strand: Strand): void {
    this.touch(execution, strand);
    this.#queue.push({ execution, strand });
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.fabric.turns.defer(() => this.drain());
  }

  /** Runs the queue dry, or for one turn's share of it. */
  drain(): void {
    this.#scheduled = false;
    let budget = STEPS_PER_TURN;
    while (this.#head < this.#queue.length) {
      if (budget-- === 0) {
        this.#scheduled = true;
        this.fabric.turns.defer(() => this.drain());
        break;
      }
      const { execution, strand } = this.#queue[this.#head++] as { execution: Execution; strand: Strand };
      if (execution.status !== 'RUNNING' || strand.gone) continue;
      this.guarded(execution, () => this.moves.step(this, execution, strand));
    }
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
    } else if (this.#head > 10_000) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Runs a change to an execution; a full history ends it. */
  guarded(execution: Execution, work: () => void): void {
    try {
      work();
    } catch (cause) {
      if (!(cause instanceof HistoryFull)) throw cause;
      const reason = `The execution reached the maximum number of history events (${MAX_EVENTS}).`;
      this.moves.endExecution(this, execution, 'FAILED', execution.lastEvent, undefined, {
        error: 'States.Runtime',
        cause: reason,
      });
    }
  }

  /** Runs `work` at a time, unless the strand's timers are cancelled before: it moved on or ended. */
  at(execution: Execution, strand: Strand, at: number, work: () => void): void {
    strand.timers.push(this.fabric.timers.set(at, () => this.guarded(execution, work)));
  }

  cancelTimers(strand: Strand): void {
    for (const timer of strand.timers) timer.cancel();
    strand.timers = [];
  }

  /** Lets the strand's task hear of the nested execution's end, at once when it has ended. */
  awaitNested(execution: Execution, strand: Strand, child: string): void {
    const event = strand.task?.event ?? 0;
    const nested = this.open.get(child);
    if (nested) {
      nested.waiters.push({ execution: execution.facts.arn, strand: strand.id, event });
      this.touch(nested);
      return;
    }
    const ended = this.store.find(child);
    if (ended) this.childEnded(this, execution, strand, describeForParent(ended));
  }

  /** Lets go of what a strand waits for elsewhere: a nested execution and the children of a map run are stopped. */
  abandon(strand: Strand): void {
    if (strand.fan?.mapRun !== undefined) this.moves.abortMapRun(this, strand.fan.mapRun);
    const nested = strand.task?.child === undefined ? undefined : this.open.get(strand.task.child);
    if (nested?.status === 'RUNNING') this.moves.endExecution(this, nested, 'ABORTED', 0, undefined);
  }

  /** Puts an event on the default bus once the turn is committed; a world without EventBridge drops it. */
  publish(entry: Record<string, unknown>): void {
    try {
      const reply = this.fabric.call('EventBridge', 'PutEvents', { Entries: [entry] }, {});
      if (reply instanceof Promise)
        reply.catch((cause) => this.fabric.log({ message: 'status event lost', error: String(cause) }));
    } catch (cause) {
      this.fabric.log({ message: 'status event lost', error: String(cause) });
    }
  }

  listen(arn: string, listener: (execution: Execution) => void): void {
    const list = this.listeners.get(arn);
    if (list) list.push(listener);
    else this.listeners.set(arn, [listener]);
  }
}

const ENDINGS = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut', 'ExecutionAborted']);
