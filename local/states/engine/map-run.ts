// Distributed Map states: a map run whose items, or batches of items, are child executions with their own histories.

import type { ItemBatcher, MapState, NumberField } from '../definition/program.ts';
import { runtime, StateFailure } from '../failure.ts';
import { type Doc, type Json, type JsonObject, jsonOf } from '../json.ts';
import { readItems } from '../tasks/item-reader.ts';
import type { StrandScope } from './context.ts';
import { effective } from './effective.ts';
import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';
import { itemsOf } from './items.ts';
import { failMapRun, startChildren } from './map-run-children.ts';
import { redriveMapRun } from './map-run-redrive.ts';
import { floatOf, integerOf } from './numbers.ts';

interface Counts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
}

export interface MapRun {
  readonly arn: string;
  readonly executionArn: string;
  readonly strandId: number;
  readonly label: string;
  readonly startedAt: number;
  stoppedAt: number | undefined;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  maxConcurrency: number;
  toleratedCount: number;
  toleratedPercentage: number;
  /** Items before batching. */
  items: number;
  executions: Counts;
  itemCounts: Counts;
  next: number;
  /** Places whose children a redrive begins again, still to be begun. */
  redo: number[];
  redriveCount: number;
  /** Whether a ResultWriter put the results away. */
  resultsWritten: boolean;
  /** In memory only; found again in the store after a restart. */
  writing: boolean;
  owner: Execution;
  strand: Strand;
  inputs: Json[];
  results: (Doc | undefined)[];
}

const emptyCounts = (): Counts => ({ pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0 });

/** Children side by side when MaxConcurrency is 0 or absent (AWS: 10,000). */
const MAX_CHILDREN = 10_000;

export function startMapRun(engine: Engine, execution: Execution, strand: Strand, state: MapState): void {
  if (strand.phase === 'again' && redriveMapRun(engine, execution, strand, state)) return;
  const scope = engine.scope(execution, strand);
  const given = state.reader ? undefined : itemsOf(state, strand, scope);
  const input = given ? jsonOf(given.input) : jsonOf(effective(strand, scope));
  const length = given?.items.length ?? 0;
  strand.last = engine.emit(execution, strand.last, 'MapStateStarted', undefined, undefined, { length });
  const count = tolerance(state.toleratedCount, (field) => integerOf(field, 'ToleratedFailureCount', input, scope));
  if (count < 0) throw runtime('ToleratedFailureCount cannot be negative.');
  const share = tolerance(state.toleratedPercentage, (field) =>
    floatOf(field, 'ToleratedFailurePercentage', input, scope),
  );
  if (share < 0 || share > 100) throw runtime('ToleratedFailurePercentage must be between 0 and 100.');
  const asked = state.maxConcurrency ? integerOf(state.maxConcurrency, 'MaxConcurrency', input, scope) : 0;
  const maxItems = state.reader?.maxItems ? integerOf(state.reader.maxItems, 'MaxItems', input, scope) : undefined;
  const label = state.label ?? engine.fabric.random.uuid();
  const arn = `${execution.facts.machineArn.replace(':stateMachine:', ':mapRun:')}/${label}:${engine.fabric.random.uuid()}`;
  strand.last = engine.emit(execution, strand.last, 'MapRunStarted', undefined, undefined, { mapRunArn: arn });
  const run: MapRun = {
    arn,
    executionArn: execution.facts.arn,
    strandId: strand.id,
    label,
    startedAt: engine.now(),
    stoppedAt: undefined,
    status: 'RUNNING',
    maxConcurrency: asked > 0 ? asked : MAX_CHILDREN,
    toleratedCount: count,
    toleratedPercentage: share,
    items: 0,
    executions: emptyCounts(),
    itemCounts: emptyCounts(),
    next: 0,
    redo: [],
    redriveCount: 0,
    resultsWritten: state.writer?.resource !== undefined,
    writing: false,
    owner: execution,
    strand,
    inputs: [],
    results: [],
  };
  strand.fan = { length: 0, started: 0, done: 0, running: 0, maxConcurrency: run.maxConcurrency, mapRun: arn };
  strand.phase = 'children';
  engine.touch(execution, strand);
  engine.mapRuns.set(arn, run);
  engine.touchRun(execution, run);
  if (given) fill(engine, run, state, scope, given.items, undefined);
  else read(engine, run, state, maxItems);
}

function tolerance(field: NumberField | undefined, value: (field: NumberField) => number): number {
  return field ? value(field) : 0;
}

/** Reads the items; also again after a restart that came before they were kept. */
export function read(engine: Engine, run: MapRun, state: MapState, maxItems: number | undefined): void {
  const { owner, strand } = run;
  const scope = engine.scope(owner, strand);
  const done = (found: { items: Json[]; source: string }) => fill(engine, run, state, scope, found.items, found.source);
  const failed = (cause: unknown) => {
    if (!(cause instanceof StateFailure)) throw cause;
    failMapRun(engine, run, { error: cause.error, cause: cause.detail });
  };
  const live = () => run.status === 'RUNNING' && !strand.gone;
  const later = (work: () => void) =>
    engine.fabric.turns.defer(() => {
      if (live()) engine.guarded(owner, work);
    });
  try {
    if (maxItems !== undefined && maxItems < 0) {
      throw new StateFailure('States.ItemReaderFailed', 'field MaxItems must be positive');
    }
    const input = jsonOf(effective(strand, scope));
    const found = readItems(engine.fabric, state, input, scope, owner.facts.roleArn, maxItems || undefined);
    if (found instanceof Promise) {
      found.then(
        (value) => later(() => done(value)),
        (cause) => later(() => failed(cause)),
      );
    } else done(found);
  } catch (cause) {
    failed(cause);
  }
}

/** The children's inputs, made once and kept: ItemSelector per item, then batches. */
function fill(
  engine: Engine,
  run: MapRun,
  state: MapState,
  scope: StrandScope,
  items: Json[],
  source: string | undefined,
): void {
  const { owner, strand } = run;
  engine.moves.attempt(engine, owner, strand, () => {
    const input = jsonOf(effective(strand, scope));
    let inputs = items;
    if (state.itemSelector) {
      const { itemSelector } = state;
      inputs = items.map((value, index) => {
        scope.item = { index, value, source: source ?? 'STATE_DATA' };
        return itemSelector(input, scope);
      });
      scope.item = undefined;
    }
    if (state.batcher) inputs = batches(state.batcher, inputs, input, scope);
    run.items = items.length;
    run.inputs = inputs;
    run.executions.pending = inputs.length;
    run.itemCounts.pending = items.length;
    strand.items = inputs;
    strand.itemsStored = false;
    engine.touch(owner, strand);
    engine.touchRun(owner, run);
    startChildren(engine, run, state);
  });
}

/** Bytes a batch may have: the payload limit less what Step Functions keeps for itself. */
const MAX_BATCH_BYTES = 262_144;

function batches(batcher: ItemBatcher, items: Json[], input: Json, scope: StrandScope): Json[] {
  const most = batcher.maxItems ? integerOf(batcher.maxItems, 'MaxItemsPerBatch', input, scope) : items.length;
  const bytes = batcher.maxBytes ? integerOf(batcher.maxBytes, 'MaxInputBytesPerBatch', input, scope) : MAX_BATCH_BYTES;
  if (most <= 0 && batcher.maxItems) throw runtime('MaxItemsPerBatch must be positive');
  const batchInput = batcher.batchInput?.(input, scope);
  const frame: JsonObject = batchInput === undefined ? {} : { BatchInput: batchInput };
  const overhead = JSON.stringify({ ...frame, Items: [] }).length;
  const out: Json[] = [];
  let current: Json[] = [];
  let size = overhead;
  for (const item of items) {
    const length = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (current.length > 0 && (current.length >= most || size + length > bytes)) {
      out.push({ ...frame, Items: current });
      current = [];
      size = overhead;
    }
    current.push(item);
    size += length;
  }
  if (current.length > 0) out.push({ ...frame, Items: current });
  return out;
}
