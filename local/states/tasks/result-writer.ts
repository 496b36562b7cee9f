// ResultWriter: a map run's results as files in S3, with a manifest; or transformed in the state's output.
// Layout and transformations follow "ResultWriter (Map)" in the Step Functions developer guide.

import type { MapState, ResultWriter } from '../definition/program.ts';
import { effective } from '../engine/effective.ts';
import type { Engine } from '../engine/engine.ts';
import type { ExecutionRecord } from '../engine/execution.ts';
import type { MapRun } from '../engine/map-run.ts';
import { recordOf } from '../engine/store.ts';
import { type Doc, docOf, isObject, type Json, type JsonObject, jsonOf, put, textOf } from '../json.ts';

type Status = 'SUCCEEDED' | 'FAILED' | 'PENDING';

export function writeResults(engine: Engine, run: MapRun, state: MapState): Doc | Promise<Doc> {
  const writer = state.writer as ResultWriter;
  for (const child of engine.changedExecutions()) if (child.facts.map?.run === run.arn) engine.store.write(child);
  const children = engine.store
    .all('SELECT * FROM sfn_execution WHERE map_run = ? ORDER BY map_index', run.arn)
    .map((row) => recordOf(row));
  if (writer.resource === undefined) return docOf(transform(writer, children));
  const scope = engine.scope(run.owner, run.strand);
  const parameters = writer.parameters?.(jsonOf(effective(run.strand, scope)), scope);
  if (!isObject(parameters)) throw new Error('the ResultWriter has no parameters');
  return writeFiles(engine, run, writer, parameters, children);
}

/** Puts every file in the turn at hand; the answer comes when all are there. */
function writeFiles(
  engine: Engine,
  run: MapRun,
  writer: ResultWriter,
  parameters: JsonObject,
  children: ExecutionRecord[],
): Doc | Promise<Doc> {
  const bucket = String(parameters.Bucket);
  const prefix = parameters.Prefix === undefined ? '' : `${String(parameters.Prefix).replace(/\/$/, '')}/`;
  const folder = `${prefix}${run.arn.slice(run.arn.lastIndexOf(':') + 1)}`;
  const files: Record<Status, Json[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
  const waiting: Promise<unknown>[] = [];
  const put = (key: string, body: string) => {
    const input = { Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' };
    const answer = engine.fabric.call('S3', 'PutObject', input, { principal: run.owner.facts.roleArn });
    if (answer instanceof Promise) waiting.push(answer);
  };
  for (const [status, list] of [
    ['SUCCEEDED', children.filter((child) => child.status === 'SUCCEEDED')],
    ['FAILED', children.filter((child) => child.status !== 'SUCCEEDED')],
  ] as const) {
    if (list.length === 0) continue;
    const key = `${folder}/${status}_0.${writer.outputType === 'JSONL' ? 'jsonl' : 'json'}`;
    const results = status === 'SUCCEEDED' ? transform(writer, list) : list.map(describeChild);
    const rows = Array.isArray(results) ? results : [results];
    const body =
      writer.outputType === 'JSONL' ? rows.map((row) => JSON.stringify(row)).join('\n') : JSON.stringify(results);
    put(key, body);
    files[status].push({ Key: key, Size: Buffer.byteLength(body) });
  }
  const manifest = { DestinationBucket: bucket, MapRunArn: run.arn, ResultFiles: files };
  put(`${folder}/manifest.json`, JSON.stringify(manifest));
  const output = docOf({ MapRunArn: run.arn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } });
  return waiting.length === 0 ? output : Promise.all(waiting).then(() => output);
}

/** NONE: what DescribeExecution would say; COMPACT: outputs; FLATTEN: outputs, arrays opened. */
function transform(writer: ResultWriter, children: ExecutionRecord[]): Json {
  if (writer.transformation === 'NONE') return children.map(describeChild);
  const outputs = children.map(
    (child): Json => (child.status === 'SUCCEEDED' && child.output ? jsonOf(child.output) : describeChild(child)),
  );
  return writer.transformation === 'FLATTEN'
    ? outputs.flatMap((output) => (Array.isArray(output) ? output : [output]))
    : outputs;
}

export function describeChild(child: ExecutionRecord): Json {
  const out: JsonObject = {
    ExecutionArn: child.facts.arn,
    Input: textOf(child.input),
    InputDetails: { Included: true },
    Name: child.facts.name,
    RedriveCount: child.redriveCount,
    RedriveStatus: child.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    StartDate: new Date(child.facts.startedAt).toISOString(),
    StateMachineArn: childMachine(child),
    Status: child.status,
  };
  if (child.output) {
    out.Output = textOf(child.output);
    out.OutputDetails = { Included: true };
  }
  if (child.failure?.error != null) put(out, 'Error', child.failure.error);
  if (child.failure?.cause != null) put(out, 'Cause', child.failure.cause);
  if (child.stoppedAt !== undefined) out.StopDate = new Date(child.stoppedAt).toISOString();
  return out;
}

/** The guide's examples name the machine of a child as machine and label: `…:stateMachine:csvProcess/Map`. */
function childMachine({ facts }: ExecutionRecord): string {
  const place = facts.map?.run.split(':').at(-2);
  return place === undefined ? facts.machineArn : facts.machineArn.replace(/[^:]+$/, place);
}
