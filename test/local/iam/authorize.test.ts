import { describe, expect, it } from '@jest/globals';
import { createDynamoDB } from '../../../local/dynamodb/dynamodb.ts';
import { createAuthorizer } from '../../../local/iam/authorize.ts';
import { permissionsOf } from '../../../local/iam/permissions.ts';
import { createS3 } from '../../../local/s3/s3.ts';
import { testFabric } from '../fabric.ts';
import { ACCOUNT, arn, assemblyWith, REGION, ROLE, resource, type StatementGiven } from './assembly.ts';

const place = { region: REGION, accountId: ACCOUNT };
const TABLE = arn('dynamodb', 'table/t');
const QUEUE_URL = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/q`;

describe('permissionsOf', () => {
  const needs = (service: string, operation: string, input: object) =>
    permissionsOf(service, operation, input, place).map(({ action, resource: on }) => [action, on]);

  it.each([
    ['DynamoDB', 'GetItem', { TableName: 't' }, [['dynamodb:GetItem', TABLE]]],
    ['DynamoDB', 'Query', { TableName: 't', IndexName: 'gsi1' }, [['dynamodb:Query', `${TABLE}/index/gsi1`]]],
    [
      'DynamoDB',
      'BatchGetItem',
      { RequestItems: { t: {}, u: {} } },
      [
        ['dynamodb:BatchGetItem', TABLE],
        ['dynamodb:BatchGetItem', arn('dynamodb', 'table/u')],
      ],
    ],
    [
      'DynamoDB',
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 't' } },
          { ConditionCheck: { TableName: 't' } },
          { Update: { TableName: 't' } },
          { Delete: { TableName: 't' } },
        ],
      },
      [
        ['dynamodb:PutItem', TABLE],
        ['dynamodb:ConditionCheckItem', TABLE],
        ['dynamodb:UpdateItem', TABLE],
        ['dynamodb:DeleteItem', TABLE],
      ],
    ],
    ['DynamoDB', 'TransactGetItems', { TransactItems: [{ Get: { TableName: TABLE } }] }, [['dynamodb:GetItem', TABLE]]],
    ['S3', 'PutObject', { Bucket: 'b', Key: 'a/b' }, [['s3:PutObject', 'arn:aws:s3:::b/a/b']]],
    ['S3', 'HeadObject', { Bucket: 'b', Key: 'k' }, [['s3:GetObject', 'arn:aws:s3:::b/k']]],
    ['S3', 'GetObject', { Bucket: 'b', Key: 'k', VersionId: 'v' }, [['s3:GetObjectVersion', 'arn:aws:s3:::b/k']]],
    ['S3', 'ListObjectsV2', { Bucket: 'b' }, [['s3:ListBucket', 'arn:aws:s3:::b']]],
    [
      'S3',
      'CopyObject',
      { Bucket: 'b', Key: 'k', CopySource: 'a/x%20y' },
      [
        ['s3:GetObject', 'arn:aws:s3:::a/x y'],
        ['s3:PutObject', 'arn:aws:s3:::b/k'],
      ],
    ],
    ['SQS', 'SendMessageBatch', { QueueUrl: QUEUE_URL }, [['sqs:SendMessage', arn('sqs', 'q')]]],
    ['SQS', 'GetQueueUrl', { QueueName: 'q' }, [['sqs:GetQueueUrl', arn('sqs', 'q')]]],
    ['Lambda', 'Invoke', { FunctionName: 'f' }, [['lambda:InvokeFunction', arn('lambda', 'function:f')]]],
    [
      'Lambda',
      'Invoke',
      { FunctionName: arn('lambda', 'function:f:3') },
      [['lambda:InvokeFunction', arn('lambda', 'function:f:3')]],
    ],
    [
      'Lambda',
      'Invoke',
      { FunctionName: 'f', Qualifier: 'live' },
      [['lambda:InvokeFunction', arn('lambda', 'function:f:live')]],
    ],
    ['SFN', 'StartExecution', { stateMachineArn: 'm' }, [['states:StartExecution', 'm']]],
    ['SFN', 'SendTaskHeartbeat', { taskToken: 'x' }, [['states:SendTaskHeartbeat', undefined]]],
    ['SFN', 'StopExecution', { executionArn: 'e' }, [['states:StopExecution', 'e']]],
    [
      'EventBridge',
      'PutEvents',
      { Entries: [{}, { EventBusName: 'own' }] },
      [
        ['events:PutEvents', arn('events', 'event-bus/default')],
        ['events:PutEvents', arn('events', 'event-bus/own')],
      ],
    ],
    [
      'Scheduler',
      'CreateSchedule',
      { Name: 's', GroupName: 'g', Target: { RoleArn: 'r' } },
      [
        ['scheduler:CreateSchedule', arn('scheduler', 'schedule/g/s')],
        ['iam:PassRole', 'r'],
      ],
    ],
    [
      'Scheduler',
      'DeleteSchedule',
      { Name: 's' },
      [['scheduler:DeleteSchedule', arn('scheduler', 'schedule/default/s')]],
    ],
  ])('%s %s', (service, operation, input, expected) => {
    expect(needs(service, operation, input)).toEqual(expected);
  });

  it('knows every operation DynamoDB and S3 offer here', () => {
    const input = { TableName: 't', Bucket: 'b', Key: 'k', CopySource: 'a/b' };
    for (const service of [createDynamoDB(testFabric()), createS3(testFabric())])
      for (const operation of Object.keys(service.operations))
        expect(() => permissionsOf(service.name, operation, input, place)).not.toThrow();
  });

  it('names a call it does not know', () => {
    expect(() => needs('DynamoDB', 'ExecuteStatement', {})).toThrow('DynamoDB.ExecuteStatement');
    expect(() => needs('Glue', 'StartJobRun', {})).toThrow('Glue.StartJobRun');
  });
});

describe('createAuthorizer', () => {
  const denial = (work: () => void): { name: string; message: string; status: number } => {
    try {
      work();
    } catch (error) {
      return error as { name: string; message: string; status: number };
    }
    throw new Error('was allowed');
  };

  it('checks callers with a role, and only them', () => {
    const { authorize } = createAuthorizer(assemblyWith([{ Action: 'dynamodb:PutItem', Resource: TABLE }]));
    authorize('DynamoDB', 'PutItem', { TableName: 't' }, { principal: ROLE });
    authorize('DynamoDB', 'DeleteItem', { TableName: 't' }, {});
    expect(
      denial(() => authorize('DynamoDB', 'DeleteItem', { TableName: 't' }, { principal: ROLE, environment: 'open' })),
    ).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message: expect.stringContaining('assumed-role/Worker/open is not authorized to perform: dynamodb:DeleteItem'),
    });
    expect(denial(() => authorize('S3', 'GetObject', { Bucket: 'b', Key: 'k' }, { principal: ROLE }))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
    });
  });

  it('needs every item action of a transaction', () => {
    const { authorize } = createAuthorizer(
      assemblyWith([{ Action: ['dynamodb:PutItem', 'dynamodb:TransactWriteItems'], Resource: TABLE }]),
    );
    authorize('DynamoDB', 'TransactWriteItems', { TransactItems: [{ Put: { TableName: 't' } }] }, { principal: ROLE });
    const both = { TransactItems: [{ Put: { TableName: 't' } }, { Update: { TableName: 't' } }] };
    expect(denial(() => authorize('DynamoDB', 'TransactWriteItems', both, { principal: ROLE })).message).toContain(
      'dynamodb:UpdateItem',
    );
  });

  it('knows leading keys and attributes of DynamoDB requests', () => {
    const table = resource('Table', 'AWS::DynamoDB::Table', 't', TABLE, {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    });
    const { authorize } = createAuthorizer(
      assemblyWith(
        [
          {
            Action: 'dynamodb:PutItem',
            Resource: TABLE,
            Condition: {
              'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RUN#*'] },
              Null: { 'dynamodb:LeadingKeys': 'false' },
            },
          },
        ],
        [table],
      ),
    );
    authorize('DynamoDB', 'PutItem', { TableName: 't', Item: { pk: { S: 'RUN#1' } } }, { principal: ROLE });
    denial(() => authorize('DynamoDB', 'PutItem', { TableName: 't', Item: { pk: { S: 'X' } } }, { principal: ROLE }));
  });

  it('wants iam:PassRole for the role a schedule runs with, for that service', () => {
    const passed = arn('iam', 'role/Timer');
    const create = { Action: 'scheduler:CreateSchedule', Resource: '*' };
    const pass = (service: string) => ({
      Action: 'iam:PassRole',
      Resource: passed,
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    });
    const input = { Name: 's', Target: { RoleArn: passed } };
    const attempt = (statements: StatementGiven[]) => () =>
      createAuthorizer(assemblyWith(statements)).authorize('Scheduler', 'CreateSchedule', input, { principal: ROLE });
    expect(attempt([create, pass('scheduler.amazonaws.com')])).not.toThrow();
    expect(denial(attempt([create])).message).toContain('iam:PassRole');
    expect(denial(attempt([create, pass('lambda.amazonaws.com')])).message).toContain('iam:PassRole');
  });

  it('checks SendTask* on the machine of the token when that is known', () => {
    const machine = arn('states', 'stateMachine:m');
    const statements = [{ Action: 'states:SendTaskSuccess', Resource: machine }];
    const send = (owner: string) => () =>
      createAuthorizer(assemblyWith(statements), { machineOfToken: () => owner }).authorize(
        'SFN',
        'SendTaskSuccess',
        { taskToken: 'x' },
        { principal: ROLE },
      );
    expect(send(machine)).not.toThrow();
    expect(send(arn('states', 'stateMachine:other'))).toThrow('states:SendTaskSuccess');
  });

  it('hides from who may not list a bucket what is not in it', () => {
    const read = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
    const list = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' };
    const attempt = (statements: StatementGiven[], there: boolean) => () =>
      createAuthorizer(assemblyWith(statements), { objectExists: () => there }).authorize(
        'S3',
        'GetObject',
        { Bucket: 'b', Key: 'k' },
        { principal: ROLE },
      );
    expect(attempt([read], true)).not.toThrow();
    expect(attempt([read, list], false)).not.toThrow();
    expect(denial(attempt([read], false))).toMatchObject({
      name: 'AccessDenied',
      status: 403,
      message: expect.stringContaining('s3:ListBucket on resource: arn:aws:s3:::b because'),
    });
  });

  it('wants the key of an encrypted queue', () => {
    const key = arn('kms', 'key/k');
    const more = [
      resource('Key', 'AWS::KMS::Key', 'k', key),
      resource('Q', 'AWS::SQS::Queue', QUEUE_URL, arn('sqs', 'q'), { KmsMasterKeyId: key }),
    ];
    const send = { Action: 'sqs:SendMessage', Resource: arn('sqs', 'q') };
    const attempt = (statements: StatementGiven[]) => () =>
      createAuthorizer(assemblyWith(statements, more)).authorize(
        'SQS',
        'SendMessage',
        { QueueUrl: QUEUE_URL },
        { principal: ROLE },
      );
    expect(denial(attempt([send])).message).toContain('kms:GenerateDataKey');
    expect(attempt([send, { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key }])).not.toThrow();
  });

  it('wants what Lambda needs to poll a source', () => {
    const stream = `${TABLE}/stream/local`;
    const all = ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'];
    const attempt = (Action: string[]) => () =>
      createAuthorizer(
        assemblyWith([
          { Action, Resource: stream },
          { Action: 'dynamodb:ListStreams', Resource: '*' },
        ]),
      ).authorizeEventSource(stream, ROLE);
    expect(attempt(all)).not.toThrow();
    expect(denial(attempt(all.slice(1)))).toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The function execution role does not have permissions to call GetRecords on DYNAMODB',
    });
  });
});
