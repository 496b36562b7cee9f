// The child executions of a map run: starting them, counting their ends, and the end of the run.

import type { MapState } from '../definition/program.ts';
import type { Failure } from '../failure.ts';
import { type Doc, docOf, isObject, type Json, jsonOf } from '../json.ts';
import { describeChild, writeResults } from '../tasks/result-writer.ts';
import type { Engine } from './engine.ts';
import type { Execution } from './execution.ts';
import type { MapRun } from './map-run.ts';
import { openExecution } from './start.ts';

export function startChildren(engine: Engine, run: MapRun, state: MapState): void {
  const { executions, owner } = run;
  while (executions.running < run.maxConcurrency) {
    const again = run.redo.shift();
    const index = again ?? (run.next < run.inputs.length ? run.next++ : undefined);
    if (index === undefined) break;
    const size = sizeOf(run, state, index);
    executions.pending--;
    executions.running++;
    run.itemCounts.pending -= size;
    run.itemCounts.running += size;
    if (again === undefined || !engine.moves.redriveChild(engine, run.arn, index))
      startChild(engine, run, state, index);
  }
  engine.touchRun(owner, run);
  if (run.next >= run.inputs.length && run.redo.length === 0 && executions.running === 0) runDone(engine, run, state);
}

function startChild(engine: Engine, run: MapRun, state: MapState, index: number): void {
  const { facts, program } = run.owner;
  const name = engine.fabric.random.uuid();
  openExecution(engine, program, docOf(run.inputs[index] as Json), {
    ...facts,
    arn: `${facts.machineArn.replace(':stateMachine:', ':execution:')}/${run.label}:${name}`,
    name,
    type: state.childType,
    startedAt: engine.now(),
    map: { run: run.arn, machine: state.processor.index, index },
  });
}

/** Counts a child's end; more failures than are tolerated end the run. */
export function mapChildEnded(engine: Engine, child: Execution): void {
  const facts = child.facts.map as NonNullable<typeof child.facts.map>;
  const run = engine.mapRuns.get(facts.run);
  if (run?.status !== 'RUNNING') return;
  count(run, child, facts.index);
  // A child that failed shows in the results as DescribeExecution would tell of it.
  run.results[facts.index] = child.status === 'SUCCEEDED' ? child.output : docOf(describeChild(child));
  engine.touchRun(run.owner, run);
  engine.guarded(run.owner, () => {
    if (exceeded(run)) {
      failMapRun(engine, run, {
        error: 'States.ExceedToleratedFailureThreshold',
        cause: 'The specified tolerated failure threshold was exceeded',
      });
    } else startChildren(engine, run, run.strand.state as MapState);
  });
}

/** Items a child has: those of its batch, or one. */
function sizeOf(run: MapRun, state: MapState, index: number): number {
  const input = run.inputs[index];
  return state.batcher && isObject(input) && Array.isArray(input.Items) ? input.Items.length : 1;
}

function count(run: MapRun, child: Execution, index: number): void {
  const kind = ENDS[child.status] ?? 'failed';
  const size = sizeOf(run, run.strand.state as MapState, index);
  run.executions.running--;
  run.executions[kind]++;
  run.itemCounts.running -= size;
  run.itemCounts[kind] += size;
}

const ENDS: Readonly<Record<string, keyof MapRun['executions']>> = {
  SUCCEEDED: 'succeeded',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

function exceeded(run: MapRun): boolean {
  const { failed, timedOut, aborted } = run.executions;
  const bad = failed + timedOut + aborted;
  if (bad === 0) return false;
  const share = (100 * bad) / Math.max(1, run.inputs.length);
  return (
    (bad > run.toleratedCount || run.toleratedCount === 0) &&
    (share > run.toleratedPercentage || run.toleratedPercentage === 0)
  );
}

function runDone(engine: Engine, run: MapRun, state: MapState): void {
  const { owner, strand } = run;
  const outputs = run.results.map((doc): Json => (doc ? jsonOf(doc) : null));
  if (!state.writer) {
    succeed(engine, run, docOf(outputs));
    return;
  }
  if (run.writing) return;
  run.writing = true;
  const settle = (work: () => void) =>
    engine.fabric.turns.defer(() => {
      if (run.status === 'RUNNING' && !strand.gone) engine.guarded(owner, work);
    });
  const failed = (cause: unknown) =>
    failMapRun(engine, run, { error: 'States.ResultWriterFailed', cause: (cause as Error).message });
  let written: Doc | Promise<Doc>;
  try {
    written = writeResults(engine, run, state);
  } catch (cause) {
    failed(cause);
    return;
  }
  if (written instanceof Promise) {
    written.then(
      (doc) => settle(() => succeed(engine, run, doc)),
      (cause) => settle(() => failed(cause)),
    );
    return;
  }
  succeed(engine, run, written);
}

function close(engine: Engine, run: MapRun, status: MapRun['status']): void {
  run.status = status;
  run.stoppedAt = engine.now();
  engine.touchRun(run.owner, run);
  engine.mapRuns.delete(run.arn);
  if (run.strand.fan) run.strand.fan.mapRun = undefined;
}

function succeed(engine: Engine, run: MapRun, output: Doc): void {
  const { owner, strand } = run;
  close(engine, run, 'SUCCEEDED');
  // The exit hangs on the run's start, not on its end (recorded since November 2024).
  const ended = engine.emit(owner, strand.last, 'MapRunSucceeded');
  engine.emit(owner, ended, 'MapStateSucceeded');
  engine.moves.attempt(engine, owner, strand, () => {
    engine.moves.finish(engine, owner, strand, engine.scope(owner, strand), output);
  });
}

export function failMapRun(engine: Engine, run: MapRun, failure: Failure): void {
  const { owner, strand } = run;
  close(engine, run, 'FAILED');
  stopChildren(engine, run);
  const extra: Record<string, string> = {};
  if (failure.error !== null) extra.error = failure.error;
  if (failure.cause !== null) extra.cause = failure.cause;
  strand.last = engine.emit(owner, strand.last, 'MapRunFailed', undefined, undefined, extra);
  engine.moves.failed(engine, owner, strand, failure);
}

function stopChildren(engine: Engine, run: MapRun): void {
  for (const child of [...engine.open.values()]) {
    if (child.facts.map?.run !== run.arn) continue;
    engine.moves.endExecution(engine, child, 'ABORTED', 0, undefined);
    count(run, child, child.facts.map.index);
  }
}

/** The state that owns the run was given up. */
export function abortMapRun(engine: Engine, arn: string): void {
  const run = engine.mapRuns.get(arn);
  if (!run) return;
  close(engine, run, 'ABORTED');
  stopChildren(engine, run);
}
