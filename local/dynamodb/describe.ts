// A table as DescribeTable shows it.

import type { Store } from './store.ts';
import { STREAM_LABEL, streamArn } from './stream-log.ts';
import type { IndexDefinition, Table, Throughput } from './table.ts';

export function describeTable(table: Table, store: Store, status: 'CREATING' | 'ACTIVE' | 'DELETING'): object {
  const { definition } = table;
  const onDemand = definition.BillingMode === 'PAY_PER_REQUEST';
  const { count, bytes } = store.totals(table.id);
  const created = new Date(definition.createdAt);
  const index = (given: IndexDefinition, global: boolean): object => ({
    IndexName: given.IndexName,
    KeySchema: given.KeySchema,
    Projection: given.Projection,
    ...(global ? { IndexStatus: status, ProvisionedThroughput: throughput(given.ProvisionedThroughput) } : {}),
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexArn: `${table.arn}/index/${given.IndexName}`,
  });
  const { LocalSecondaryIndexes: local, GlobalSecondaryIndexes: global, StreamSpecification } = definition;
  return {
    AttributeDefinitions: definition.AttributeDefinitions,
    TableName: table.name,
    KeySchema: definition.KeySchema,
    TableStatus: status,
    CreationDateTime: created,
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...throughput(definition.ProvisionedThroughput) },
    TableSizeBytes: bytes,
    ItemCount: count,
    TableArn: table.arn,
    TableId: definition.TableId,
    ...(onDemand
      ? { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: created } }
      : {}),
    ...(local === undefined ? {} : { LocalSecondaryIndexes: local.map((one) => index(one, false)) }),
    ...(global === undefined ? {} : { GlobalSecondaryIndexes: global.map((one) => index(one, true)) }),
    ...(table.stream === undefined
      ? {}
      : { StreamSpecification, LatestStreamLabel: STREAM_LABEL, LatestStreamArn: streamArn(table) }),
    ...(definition.SSESpecification === undefined ? {} : { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } }),
    ...(definition.TableClass === undefined ? {} : { TableClassSummary: { TableClass: definition.TableClass } }),
    DeletionProtectionEnabled: definition.DeletionProtectionEnabled === true,
  };
}

function throughput(given: Throughput = {}): Throughput {
  return { ReadCapacityUnits: given.ReadCapacityUnits ?? 0, WriteCapacityUnits: given.WriteCapacityUnits ?? 0 };
}
