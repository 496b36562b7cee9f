import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Assembly, AssemblyResource } from '../../../local/assembly.ts';
import { openWorld } from '../../../local/world.ts';
import { codeFolder, emptyFolder } from '../lambda/code-folder.ts';
import { START, testWorld } from '../lambda/lambda-world.ts';

const PLACE = 'us-east-1:000000000000';
const QUEUE = `arn:aws:sqs:${PLACE}:q`;
const MACHINE = `arn:aws:states:${PLACE}:stateMachine:m`;
const ROLE = 'arn:aws:iam::000000000000:role/r';
const PASS = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

interface Changes {
  readonly visibility?: number;
  readonly timeout?: number;
  readonly batchSize?: number;
  readonly pattern?: object;
  readonly targets?: object[];
  readonly definition?: object;
  readonly actions?: readonly string[];
  readonly more?: readonly AssemblyResource[];
}

function assembly(code: string, changes: Changes = {}): Assembly {
  const resource = (
    logicalId: string,
    type: string,
    ref: string,
    properties: object,
    arn?: string,
  ): AssemblyResource => ({
    logicalId,
    type,
    ref,
    ...(arn === undefined ? {} : { arn }),
    properties: properties as AssemblyResource['properties'],
  });
  const Statement = [{ Effect: 'Allow', Action: changes.actions ?? ['sqs:*', 'dynamodb:*'], Resource: '*' }];
  const resources = [
    resource(
      'Role',
      'AWS::IAM::Role',
      'r',
      { Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }] },
      ROLE,
    ),
    resource('Table', 'AWS::DynamoDB::Table', 'table', {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    }),
    resource('Bucket', 'AWS::S3::Bucket', 'bucket', {}),
    resource('Bus', 'AWS::Events::EventBus', 'bus', { Name: 'bus' }),
    resource('Group', 'AWS::Scheduler::ScheduleGroup', 'group', { Name: 'group' }),
    resource('Queue', 'AWS::SQS::Queue', `https://sqs.us-east-1.amazonaws.com/000000000000/q`, {
      VisibilityTimeout: changes.visibility ?? 60,
      RedrivePolicy: { deadLetterTargetArn: `arn:aws:sqs:${PLACE}:dead`, maxReceiveCount: 3 },
    }),
    resource('Dead', 'AWS::SQS::Queue', `https://sqs.us-east-1.amazonaws.com/000000000000/dead`, {}),
    resource('Function', 'AWS::Lambda::Function', 'f', {
      Handler: 'index.handler',
      Role: ROLE,
      Timeout: changes.timeout ?? 10,
      MemorySize: '256',
      Environment: { Variables: { A: 'b' } },
    }),
    resource('Mapping', 'AWS::Lambda::EventSourceMapping', 'uuid', {
      FunctionName: 'f',
      EventSourceArn: QUEUE,
      BatchSize: changes.batchSize ?? 1,
    }),
    resource('Machine', 'AWS::StepFunctions::StateMachine', MACHINE, {
      DefinitionString: JSON.stringify(changes.definition ?? PASS),
      RoleArn: ROLE,
    }),
    resource('Rule', 'AWS::Events::Rule', 'rule', {
      EventPattern: changes.pattern ?? { source: ['a'] },
      Targets: changes.targets ?? [{ Id: 't', Arn: QUEUE }],
    }),
    resource('Schedule', 'AWS::Scheduler::Schedule', 's', {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      GroupName: 'group',
      Target: { Arn: QUEUE, RoleArn: ROLE },
    }),
    resource('Log', 'AWS::Logs::LogGroup', 'log', {}),
    ...(changes.more ?? []),
  ];
  return {
    stackName: 'S',
    accountId: '000000000000',
    region: 'us-east-1',
    resources: new Map(resources.map((each) => [each.logicalId, each])),
    outputs: {},
    codePath: () => code,
  };
}

const CODE = 'exports.handler = async () => process.env.A;';
const clock = { kind: 'virtual', start: START } as const;

describe('an assembly', () => {
  it('is made: every resource is there as declared', async () => {
    const { world, invoke } = await testWorld({ assembly: assembly(codeFolder(CODE)) });
    const { Attributes } = await world.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
    expect(Attributes).toMatchObject({ VisibilityTimeout: '60', QueueArn: QUEUE });
    expect(JSON.parse(Attributes.RedrivePolicy).maxReceiveCount).toBe(3);
    expect((await invoke('f')).payload).toBe('b');
    expect((await world.call('Lambda', 'GetFunction', { FunctionName: 'f' })).Configuration).toMatchObject({
      Timeout: 10,
      MemorySize: 256,
      Role: ROLE,
    });
    expect(
      (await world.call('Lambda', 'ListEventSourceMappings', { FunctionName: 'f' })).EventSourceMappings,
    ).toMatchObject([{ BatchSize: 1 }]);
    expect((await world.call('DynamoDB', 'DescribeTable', { TableName: 'table' })).Table.LatestStreamArn).toContain(
      'table/table/stream',
    );
    expect(
      (await world.call('DynamoDB', 'DescribeTimeToLive', { TableName: 'table' })).TimeToLiveDescription.AttributeName,
    ).toBe('until');
    expect((await world.call('SFN', 'DescribeStateMachine', { stateMachineArn: MACHINE })).roleArn).toBe(ROLE);
    expect((await world.call('EventBridge', 'ListTargetsByRule', { Rule: 'rule' })).Targets).toMatchObject([
      { Id: 't', Arn: QUEUE },
    ]);
    expect(await world.call('Scheduler', 'GetSchedule', { Name: 's', GroupName: 'group' })).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
    });
    await world.call('S3', 'HeadBucket', { Bucket: 'bucket' });
    await world.call('EventBridge', 'DescribeEventBus', { Name: 'bus' });
  });

  it('is made again on the same file without losing what is in it, and brought up to date', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const code = codeFolder(CODE);
    const before = await openWorld({ clock, file, assembly: assembly(code) });
    await before.call('DynamoDB', 'PutItem', { TableName: 'table', Item: { id: { S: 'kept' } } });
    await before.close();
    const changed = {
      visibility: 90,
      timeout: 20,
      batchSize: 5,
      pattern: { source: ['b'] },
      targets: [{ Id: 'other', Arn: QUEUE }],
      definition: { ...PASS, Comment: 'new' },
    };
    for (let opened = 0; opened < 2; opened++) {
      const after = await openWorld({ clock, file, assembly: assembly(code, changed) });
      expect(
        (await after.call('DynamoDB', 'GetItem', { TableName: 'table', Key: { id: { S: 'kept' } } })).Item,
      ).toBeDefined();
      const { Attributes } = await after.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
      expect(Attributes.VisibilityTimeout).toBe('90');
      expect((await after.call('Lambda', 'GetFunction', { FunctionName: 'f' })).Configuration.Timeout).toBe(20);
      expect((await after.call('Lambda', 'ListEventSourceMappings', {})).EventSourceMappings).toMatchObject([
        { BatchSize: 5 },
      ]);
      expect((await after.call('EventBridge', 'DescribeRule', { Name: 'rule' })).EventPattern).toBe('{"source":["b"]}');
      expect((await after.call('EventBridge', 'ListTargetsByRule', { Rule: 'rule' })).Targets).toMatchObject([
        { Id: 'other' },
      ]);
      expect((await after.call('SFN', 'DescribeStateMachine', { stateMachineArn: MACHINE })).definition).toContain(
        'new',
      );
      await after.close();
    }
  });

  it('that cannot be made is refused, naming the resource, and the file is free again', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const bad: AssemblyResource = {
      logicalId: 'Bad',
      type: 'AWS::SQS::Queue',
      ref: 'https://sqs.us-east-1.amazonaws.com/000000000000/bad.fifo',
      properties: { FifoQueue: true },
    };
    const code = codeFolder(CODE);
    await expect(openWorld({ clock, file, assembly: assembly(code, { more: [bad] }) })).rejects.toThrow(
      'Bad (AWS::SQS::Queue) cannot be made: UnsupportedOperation: FIFO queues are not offered here: bad.fifo',
    );
    const again = await openWorld({ clock, file, assembly: assembly(code) });
    await again.close();
  });
});

describe('a role', () => {
  const calling =
    "const { SQS } = require('@aws-sdk/client-sqs'); exports.handler = async (e) => (e.Records ? 0 : (await new SQS({}).listQueues({})).QueueUrls.length);";

  it('allows its function what its policies say, and no more', async () => {
    const polling = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    const allowed = await testWorld({
      assembly: assembly(codeFolder(calling), { actions: [...polling, 'sqs:ListQueues'] }),
    });
    expect((await allowed.invoke('f')).payload).toBe(2);
    const denied = await testWorld({ assembly: assembly(codeFolder(calling), { actions: polling }) });
    expect((await denied.invoke('f')).payload).toMatchObject({
      errorType: 'AccessDenied',
      errorMessage: expect.stringContaining('sqs:ListQueues'),
    });
  });

  it('that does not allow polling is refused with its mapping', async () => {
    const opening = openWorld({ clock, assembly: assembly(codeFolder(calling), { actions: ['sqs:ListQueues'] }) });
    await expect(opening).rejects.toThrow(
      'Mapping (AWS::Lambda::EventSourceMapping) cannot be made: InvalidParameterValueException',
    );
  });

  it('tells what it was granted and never needed', async () => {
    const actions = [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ListQueues',
      'sqs:PurgeQueue',
    ];
    const { world, invoke } = await testWorld({ assembly: assembly(codeFolder(calling), { actions }) });
    await invoke('f');
    const unused = JSON.stringify(world.unusedGrants());
    expect(unused).toContain('sqs:PurgeQueue');
    expect(unused).not.toContain('sqs:ListQueues');
  });
});
