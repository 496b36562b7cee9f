// The event source mappings there are, kept in a table, each with its running source.

import { AwsError, type Fabric, type Operation } from '../../service.ts';
import type { FunctionConfiguration } from '../functions.ts';
import { describeMapping, type InvokeMapped, kindOf, type Mapping, type MappingInput, mappingOf } from './mapping.ts';
import { QueueSource } from './queue-source.ts';
import { Cursors, type StreamReader, StreamSource } from './stream-source.ts';

export interface EventSources {
  readonly queues: { watch(queueArn: string, listener: () => void): void };
  readonly streams: StreamReader;
  /** @throws AwsError when the role may not be polled for with */
  authorize(sourceArn: string, role: string): void;
}

type Find = (reference: unknown) => FunctionConfiguration;

export function createMappings(
  fabric: Fabric,
  sources: EventSources,
  find: Find,
  invoke: InvokeMapped,
): { readonly operations: Record<string, Operation>; boot(): void } {
  fabric.db.exec(
    'CREATE TABLE IF NOT EXISTS lambda_mapping (uuid TEXT PRIMARY KEY, mapping TEXT NOT NULL) WITHOUT ROWID, STRICT',
  );
  const write = fabric.db.prepare('INSERT OR REPLACE INTO lambda_mapping VALUES (?, ?)');
  const erase = fabric.db.prepare('DELETE FROM lambda_mapping WHERE uuid = ?');
  const cursors = new Cursors(fabric.db);
  const mappings = new Map<string, Mapping>();
  const running = new Map<string, { poll(): void; stop(): void }>();
  for (const row of fabric.db.prepare('SELECT mapping FROM lambda_mapping ORDER BY uuid').all()) {
    const mapping = JSON.parse(String(row.mapping)) as Mapping;
    mappings.set(mapping.uuid, mapping);
  }

  const start = (mapping: Mapping): void => {
    running.get(mapping.uuid)?.stop();
    running.delete(mapping.uuid);
    if (!mapping.enabled) return;
    const { role } = find(mapping.functionName);
    if (role !== undefined) sources.authorize(mapping.sourceArn, role);
    const findIt = () => find(mapping.functionName);
    const stream = kindOf(mapping.sourceArn) === 'stream';
    const source = stream
      ? new StreamSource(fabric, mapping, { reader: sources.streams, cursors, find: findIt, invoke })
      : new QueueSource(fabric, mapping, findIt, invoke);
    running.set(mapping.uuid, source);
    const listener = () => {
      if (running.get(mapping.uuid) === source) source.poll();
    };
    if (stream) sources.streams.watch(mapping.sourceArn, listener);
    else sources.queues.watch(mapping.sourceArn, listener);
    fabric.turns.defer(listener);
  };
  const put = (mapping: Mapping): object => {
    write.run(mapping.uuid, JSON.stringify(mapping));
    mappings.set(mapping.uuid, mapping);
    start(mapping);
    return describeMapping(mapping);
  };
  const get = (uuid: unknown): Mapping => {
    const mapping = mappings.get(String(uuid));
    if (mapping) return mapping;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, {
      Type: 'User',
    });
  };
  const operations: Record<string, Operation> = {
    CreateEventSourceMapping: (input: MappingInput) => {
      const { name, arn } = find(input.FunctionName);
      const sourceArn = String(input.EventSourceArn ?? '');
      for (const other of mappings.values()) {
        if (other.sourceArn !== sourceArn || other.functionName !== name) continue;
        const message =
          `An event source mapping with event source arn (" ${sourceArn} ") and function (" ${name} ") already exists. ` +
          `Please update or delete the existing mapping with UUID ${other.uuid}`;
        throw new AwsError('ResourceConflictException', message, 409, { Type: 'User' });
      }
      const uuid = fabric.random.uuid();
      return put(mappingOf(input, { uuid, functionName: name, functionArn: arn, sourceArn }));
    },
    UpdateEventSourceMapping: (input: MappingInput & { UUID?: string }) => {
      const old = get(input.UUID);
      const { name, arn } =
        input.FunctionName === undefined ? { name: old.functionName, arn: old.functionArn } : find(input.FunctionName);
      const base = { uuid: old.uuid, functionName: name, functionArn: arn, sourceArn: old.sourceArn };
      return put({ ...old, ...mappingOf({ ...inputOf(old), ...input }, base) });
    },
    DeleteEventSourceMapping: (input: { UUID?: string }) => {
      const mapping = get(input.UUID);
      erase.run(mapping.uuid);
      mappings.delete(mapping.uuid);
      running.get(mapping.uuid)?.stop();
      running.delete(mapping.uuid);
      return { ...describeMapping(mapping), State: 'Deleting' };
    },
    GetEventSourceMapping: (input: { UUID?: string }) => describeMapping(get(input.UUID)),
    ListEventSourceMappings: (input: { FunctionName?: string; EventSourceArn?: string }) => {
      const name = input.FunctionName === undefined ? undefined : find(input.FunctionName).name;
      const wanted = [...mappings.values()].filter(
        (mapping) =>
          (name === undefined || mapping.functionName === name) &&
          (input.EventSourceArn === undefined || mapping.sourceArn === input.EventSourceArn),
      );
      return { EventSourceMappings: wanted.map(describeMapping) };
    },
  };
  return {
    operations,
    boot: () => {
      for (const mapping of mappings.values()) start(mapping);
    },
  };
}

/** The input that would make this mapping again, for updates that name only some members. */
function inputOf(mapping: Mapping): MappingInput {
  return {
    Enabled: mapping.enabled,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowMs / 1000,
    ...(kindOf(mapping.sourceArn) === 'queue'
      ? { ScalingConfig: { MaximumConcurrency: mapping.maximumConcurrency } }
      : {}),
    FunctionResponseTypes: mapping.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) },
    ...(mapping.startingPosition === undefined ? {} : { StartingPosition: mapping.startingPosition }),
    BisectBatchOnFunctionError: mapping.bisects,
    MaximumRetryAttempts: mapping.maximumRetries,
    MaximumRecordAgeInSeconds: mapping.maximumAgeMs < 0 ? -1 : mapping.maximumAgeMs / 1000,
  };
}
