import { beforeEach, expect, it } from '@jest/globals';
import { EXPIRY_LAG_MS } from '../../../local/dynamodb/expiry.ts';
import { START, testFabric } from '../fabric.ts';
import { type TestDynamoDB, tableInput, testDynamoDB } from './service.ts';

const TableName = 'table';
const HOUR = 3600_000;
let dynamodb: TestDynamoDB;

const seconds = (at: number) => ({ N: String(at / 1000) });
const put = (pk: string, until: object | undefined) =>
  dynamodb.call('PutItem', {
    TableName,
    Item: { pk: { S: pk }, g: { S: 'g' }, ...(until === undefined ? {} : { expiresAt: until }) },
  });
const left = () => dynamodb.call('Scan', { TableName }).Items.map((item: { pk: { S: string } }) => item.pk.S);
const enable = (Enabled = true) =>
  dynamodb.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled } });

beforeEach(() => {
  dynamodb = testDynamoDB();
  dynamodb.call(
    'CreateTable',
    tableInput(
      TableName,
      { pk: 'S' },
      { index: { keys: { g: 'S' } } },
      { StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' } },
    ),
  );
});

it('deletes items some time after their time, by the service', () => {
  enable();
  put('early', seconds(START + HOUR));
  put('late', seconds(START + 2 * HOUR));
  put('never', undefined);
  put('text', { S: String((START + HOUR) / 1000) });
  dynamodb.fabric.advanceTo(START + HOUR + EXPIRY_LAG_MS - 1);
  expect(left()).toEqual(['early', 'late', 'never', 'text']);
  dynamodb.fabric.advanceTo(START + HOUR + EXPIRY_LAG_MS);
  expect(left()).toEqual(['late', 'never', 'text']);
  const [record] = dynamodb.service.readStream(
    TableName,
    dynamodb.service.readStream(TableName, undefined, 4)[3]?.dynamodb.SequenceNumber,
    10,
  );
  expect(record).toMatchObject({
    eventName: 'REMOVE',
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    dynamodb: { OldImage: { pk: { S: 'early' } } },
  });
  dynamodb.fabric.advanceTo(START + 3 * HOUR);
  expect(left()).toEqual(['never', 'text']);
  const byIndex = {
    IndexName: 'index',
    KeyConditionExpression: 'g = :g',
    ExpressionAttributeValues: { ':g': { S: 'g' } },
  };
  expect(dynamodb.call('Query', { TableName, ...byIndex }).Count).toBe(2);
  expect(dynamodb.fabric.armed()).toEqual([]);
});

it('follows what updates do to the time', () => {
  enable();
  put('longer', seconds(START + HOUR));
  put('shorter', seconds(START + 5 * HOUR));
  put('freed', seconds(START + HOUR));
  const update = (pk: string, UpdateExpression: string, values?: object) =>
    dynamodb.call('UpdateItem', {
      TableName,
      Key: { pk: { S: pk } },
      UpdateExpression,
      ExpressionAttributeValues: values,
    });
  update('longer', 'SET expiresAt = :t', { ':t': seconds(START + 5 * HOUR) });
  update('shorter', 'SET expiresAt = :t', { ':t': seconds(START + HOUR) });
  update('freed', 'REMOVE expiresAt');
  dynamodb.fabric.advanceTo(START + 2 * HOUR);
  expect(left()).toEqual(['freed', 'longer']);
});

it('keeps to the earliest time, whichever item came first', () => {
  enable();
  put('late', seconds(START + 5 * HOUR));
  put('early', seconds(START + HOUR));
  dynamodb.fabric.advanceTo(START + HOUR + EXPIRY_LAG_MS);
  expect(left()).toEqual(['late']);
});

it('forgets the times of an attribute that is no longer the one', () => {
  enable();
  put('a', seconds(START + HOUR));
  enable(false);
  dynamodb.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName: 'other', Enabled: true } });
  put('b', undefined);
  const item = { pk: { S: 'c' }, other: seconds(START + HOUR) };
  dynamodb.call('PutItem', { TableName, Item: item });
  dynamodb.fabric.advanceTo(START + 2 * HOUR);
  expect(left()).toEqual(['a', 'b']);
});

it('takes up items that were there before, and lets go when disabled', () => {
  put('old', seconds(START + HOUR));
  expect(dynamodb.fabric.armed()).toEqual([]);
  enable();
  expect(dynamodb.fabric.armed()).toEqual([START + HOUR + EXPIRY_LAG_MS]);
  enable(false);
  expect(dynamodb.fabric.armed()).toEqual([]);
  dynamodb.fabric.advanceTo(START + 2 * HOUR);
  expect(left()).toEqual(['old']);
});

it('leaves alone what is more than five years past, as AWS does', () => {
  enable();
  put('ancient', { N: '1' });
  dynamodb.fabric.advanceTo(START + HOUR);
  expect(left()).toEqual(['ancient']);
});

it('is armed again after a restart', () => {
  enable();
  put('a', seconds(START + HOUR));
  dynamodb = testDynamoDB(testFabric(dynamodb.fabric.db));
  expect(dynamodb.fabric.armed()).toEqual([]);
  dynamodb.service.boot();
  dynamodb.fabric.advanceTo(START + 2 * HOUR);
  expect(left()).toEqual([]);
});

it('is described, and refused twice', () => {
  const describe = () => dynamodb.call('DescribeTimeToLive', { TableName }).TimeToLiveDescription;
  expect(describe()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  enable();
  expect(describe()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
  expect(() => enable()).toThrow('TimeToLive is already enabled');
});
