// DynamoDB: the operations of one world's tables, and their streams for event source mappings.
// Inputs and outputs are those of the SDK's client-dynamodb commands. What is not offered is refused by name.

import type { Fabric, Service } from '../service.ts';
import { batchOperations } from './batch.ts';
import { Engine, tableName } from './engine.ts';
import { namedTableNotFound, validationError } from './errors.ts';
import { itemOperations } from './item-operations.ts';
import { queryOperations } from './query.ts';
import type { StreamRecord } from './stream-log.ts';
import type { Table } from './table.ts';
import { tableOperations } from './table-operations.ts';
import { transactOperations } from './transact.ts';

export interface DynamoDBService extends Service {
  /**
   * Records of a stream in the order the changes were made.
   * @param arn of the table or of its stream
   * @param afterSequence a record's SequenceNumber; undefined starts at the oldest kept (24 hours)
   * @throws AwsError when there is no such table or it has no stream
   */
  readStream(arn: string, afterSequence: string | undefined, limit: number): StreamRecord[];
  /** SequenceNumber of the newest record; reading after it gives only what is written from now on. */
  latestSequence(arn: string): string;
  /** Calls `wake` in a turn of its own after records were added. @returns a function that ends this */
  onStreamRecords(arn: string, wake: () => void): () => void;
}

export function createDynamoDB(fabric: Fabric): DynamoDBService {
  const engine = new Engine(fabric);
  const streamed = (arn: string): Table => {
    const table = engine.find(arn);
    if (table === undefined) throw namedTableNotFound(tableName(arn));
    if (table.stream === undefined) throw validationError(`Table ${table.name} has no stream`);
    return table;
  };
  return {
    name: 'DynamoDB',
    operations: {
      ...tableOperations(engine),
      ...itemOperations(engine),
      ...queryOperations(engine),
      ...batchOperations(engine),
      ...transactOperations(engine),
    },
    boot: () => {
      for (const table of engine.tables()) engine.expiry.start(table);
    },
    readStream: (arn, after, limit) => engine.streams.read(streamed(arn), after, limit),
    latestSequence: (arn) => engine.streams.latest(streamed(arn)),
    onStreamRecords: (arn, wake) => engine.streams.subscribe(streamed(arn).name, wake),
  };
}
