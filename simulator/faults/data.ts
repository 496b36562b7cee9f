// DynamoDB and S3: throttled, in conflict, done but not answered, done twice.

import type { CallDescription } from '../../local/faults.ts';
import { AwsError } from '../../local/service.ts';
import type { FaultKind } from './kind.ts';

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);
const fromHandler = ({ environment }: CallDescription): boolean => environment !== undefined;
const isWrite = (call: CallDescription): boolean =>
  fromHandler(call) && call.service === 'DynamoDB' && WRITES.has(call.operation);
const isConditional = (call: CallDescription): boolean =>
  isWrite(call) && ('ConditionExpression' in call.input || call.operation === 'TransactWriteItems');
const isS3 = (operation: string) => (call: CallDescription) =>
  fromHandler(call) && call.service === 'S3' && call.operation === operation;

const conflict = (): AwsError =>
  new AwsError('TransactionCanceledException', 'Transaction cancelled [TransactionConflict]', 400, {
    CancellationReasons: [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }],
  });

export const dataFaults: readonly FaultKind[] = [
  {
    id: 'dynamodb-throttled',
    at: 'call',
    most: 300,
    matches: (call) => fromHandler(call) && call.service === 'DynamoDB',
    harm: () => ({ kind: 'before', error: new AwsError('ProvisionedThroughputExceededException', 'too much', 400) }),
  },
  {
    id: 'dynamodb-conflict',
    at: 'call',
    most: 60,
    matches: (call) => isWrite(call) && call.operation === 'TransactWriteItems',
    harm: () => ({ kind: 'before', error: conflict() }),
  },
  // The condition then fails on what the first of the two has written.
  { id: 'dynamodb-condition-failed', at: 'call', most: 120, matches: isConditional, harm: () => ({ kind: 'retried' }) },
  {
    id: 'dynamodb-lost-reply',
    at: 'call',
    most: 150,
    matches: isWrite,
    harm: () => ({ kind: 'lost-reply', afterMs: 5000 }),
  },
  {
    id: 'dynamodb-failed-after',
    at: 'call',
    most: 150,
    matches: isWrite,
    harm: () => ({ kind: 'after', error: new AwsError('InternalServerError', 'something broke', 500) }),
  },
  {
    id: 's3-lost-read',
    at: 'call',
    most: 60,
    matches: isS3('GetObject'),
    harm: () => ({ kind: 'lost-reply', afterMs: 3000 }),
  },
  {
    id: 's3-slow-down',
    at: 'call',
    most: 40,
    matches: isS3('PutObject'),
    harm: () => ({ kind: 'before', error: new AwsError('SlowDown', 'Please reduce your request rate.', 503) }),
  },
];
