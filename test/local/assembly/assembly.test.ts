import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  App,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Duration,
  aws_dynamodb as dynamodb,
  aws_events as events,
  Fn,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  RemovalPolicy,
  Stack,
  aws_s3 as s3,
  aws_scheduler as scheduler,
  aws_stepfunctions as sfn,
  aws_lambda_event_sources as sources,
  aws_sqs as sqs,
  aws_events_targets as targets,
  aws_stepfunctions_tasks as tasks,
} from 'aws-cdk-lib';
import { type Assembly, readAssembly } from '../../../local/assembly.ts';

const place = { accountId: '123456789012', region: 'eu-central-1' };
let root: string;
let assembly: Assembly;

function byType(type: string, from = assembly) {
  const found = [...from.resources.values()].filter((resource) => resource.type === type);
  const [first] = found;
  if (first === undefined) throw new Error(`no ${type}`);
  return { ...first, count: found.length };
}

function synthesize(name: string, build: (stack: Stack) => void): string {
  const outdir = join(root, name);
  const app = new App({ outdir, analyticsReporting: false });
  build(new Stack(app, 'Small'));
  app.synth();
  return outdir;
}

/** An assembly the CDK would refuse or warn about. */
function handWritten(name: string, Resources: Record<string, object>): string {
  const dir = join(root, name);
  mkdirSync(dir);
  const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'small.json' } };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ artifacts: { Small: stack } }));
  writeFileSync(join(dir, 'small.json'), JSON.stringify({ Resources }));
  return dir;
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assembly-'));
  mkdirSync(join(root, 'code'));
  writeFileSync(join(root, 'code', 'index.js'), 'exports.handler = async () => 1;');
  const dir = synthesize('small', (stack) => {
    const key = new kms.Key(stack, 'Key', { alias: 'alias/small', removalPolicy: RemovalPolicy.DESTROY });
    const table = new dynamodb.TableV2(stack, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      dynamoStream: dynamodb.StreamViewType.NEW_IMAGE,
    });
    const dead = new sqs.Queue(stack, 'Dead', { encryptionMasterKey: key });
    const queue = new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
    const bucket = new s3.Bucket(stack, 'Bucket', { versioned: true, enforceSSL: true });
    const work = new lambda.Function(stack, 'Work', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(root, 'code')),
      environment: { TABLE_NAME: table.tableName, QUEUE_URL: queue.queueUrl, BUCKET_NAME: bucket.bucketName },
    });
    table.grantReadWriteData(work);
    bucket.grantRead(work);
    work.addEventSource(new sources.SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true }));
    work.addEventSource(
      new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.TRIM_HORIZON }),
    );
    const machine = new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(
        new tasks.LambdaInvoke(stack, 'Call', {
          lambdaFunction: work,
          taskTimeout: sfn.Timeout.duration(Duration.minutes(1)),
        }),
      ),
    });
    new events.Rule(stack, 'Ended', {
      eventPattern: { source: ['aws.states'], detail: { stateMachineArn: [machine.stateMachineArn] } },
      targets: [new targets.LambdaFunction(work)],
    });
    const group = new scheduler.ScheduleGroup(stack, 'Group');
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    new scheduler.CfnSchedule(stack, 'Nightly', {
      groupName: group.scheduleGroupName,
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 day)',
      target: { arn: work.functionArn, roleArn: caller.roleArn },
    });
    caller.addManagedPolicy(
      new iam.ManagedPolicy(stack, 'MayCall', {
        statements: [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [work.functionArn] })],
      }),
    );
    new CfnOutput(stack, 'MachineArn', { value: machine.stateMachineArn });
    new CfnOutput(stack, 'QueueName', { value: queue.queueName });
  });
  assembly = readAssembly(dir, undefined, place);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('readAssembly', () => {
  it('gives names, URLs and ARNs as CloudFormation does', () => {
    const queue = [...assembly.resources.values()].find((resource) => resource.logicalId.startsWith('Queue'));
    expect(queue?.ref).toBe(`https://sqs.eu-central-1.amazonaws.com/123456789012/Small-${queue?.logicalId}`);
    expect(queue?.arn).toBe(`arn:aws:sqs:eu-central-1:123456789012:Small-${queue?.logicalId}`);
    const machine = byType('AWS::StepFunctions::StateMachine');
    expect(machine.ref).toBe(`arn:aws:states:eu-central-1:123456789012:stateMachine:Small-${machine.logicalId}`);
    const bucket = byType('AWS::S3::Bucket');
    expect(bucket.ref).toBe(`small-${bucket.logicalId.toLowerCase()}`);
    expect(bucket.arn).toBe(`arn:aws:s3:::${bucket.ref}`);
  });

  it('resolves references between resources', () => {
    const work = byType('AWS::Lambda::Function');
    const table = byType('AWS::DynamoDB::GlobalTable');
    const dead = [...assembly.resources.values()].find((resource) => resource.logicalId.startsWith('Dead'));
    const queue = [...assembly.resources.values()].find((resource) => resource.logicalId.startsWith('Queue'));
    expect(work.properties.Environment).toEqual({
      Variables: { TABLE_NAME: table.ref, QUEUE_URL: queue?.ref, BUCKET_NAME: byType('AWS::S3::Bucket').ref },
    });
    expect(queue?.properties.RedrivePolicy).toEqual({ deadLetterTargetArn: dead?.arn, maxReceiveCount: 3 });
    const mappings = [...assembly.resources.values()].filter((one) => one.type === 'AWS::Lambda::EventSourceMapping');
    expect(mappings.map((one) => one.properties.EventSourceArn).sort()).toEqual(
      [`${table.arn}/stream/local`, queue?.arn].sort(),
    );
    expect(mappings.map((one) => one.properties.FunctionName)).toEqual([work.ref, work.ref]);
  });

  it("gives a state machine's definition as text without intrinsics left", () => {
    const machine = byType('AWS::StepFunctions::StateMachine');
    const definition = JSON.parse(String(machine.properties.DefinitionString));
    expect(definition.StartAt).toBe('Call');
    expect(definition.States.Call.Parameters?.FunctionName ?? definition.States.Call.Arguments?.FunctionName).toBe(
      byType('AWS::Lambda::Function').arn,
    );
  });

  it('includes roles, policies, managed policies, rules, schedules, keys', () => {
    const policy = [...assembly.resources.values()].find(
      (one) => one.type === 'AWS::IAM::Policy' && one.logicalId.startsWith('WorkServiceRole'),
    );
    const role = [...assembly.resources.values()].find((one) => one.logicalId.startsWith('WorkServiceRole'));
    expect(policy?.properties.Roles).toEqual([role?.ref]);
    expect(JSON.stringify(policy?.properties.PolicyDocument)).toContain(byType('AWS::DynamoDB::GlobalTable').arn);
    const caller = [...assembly.resources.values()].find((one) => one.logicalId.startsWith('Caller'));
    expect(caller?.properties.ManagedPolicyArns).toEqual([byType('AWS::IAM::ManagedPolicy').arn]);
    expect(byType('AWS::Scheduler::Schedule').properties.Target).toEqual({
      Arn: byType('AWS::Lambda::Function').arn,
      RoleArn: caller?.arn,
    });
    expect(byType('AWS::Events::Rule').properties.EventPattern).toEqual({
      source: ['aws.states'],
      detail: { stateMachineArn: [byType('AWS::StepFunctions::StateMachine').arn] },
    });
    expect(byType('AWS::KMS::Alias').properties.TargetKeyId).toBe(byType('AWS::KMS::Key').arn);
  });

  it('leaves no intrinsic unresolved anywhere', () => {
    for (const resource of assembly.resources.values())
      expect([resource.logicalId, JSON.stringify(resource.properties)]).not.toEqual([
        resource.logicalId,
        expect.stringMatching(/"(Ref|Fn::[A-Za-z]+)":/),
      ]);
  });

  it('gives outputs and code paths', () => {
    expect(assembly.outputs.MachineArn).toBe(byType('AWS::StepFunctions::StateMachine').arn);
    const path = assembly.codePath(byType('AWS::Lambda::Function').logicalId);
    expect(readFileSync(join(path, 'index.js'), 'utf8')).toContain('handler');
    expect(() => assembly.codePath('Nothing')).toThrow('no resource Nothing');
    expect(() => assembly.codePath(byType('AWS::S3::Bucket').logicalId)).toThrow('has no code asset');
  });

  it('resolves conditions, parameters, maps and the string functions', () => {
    const dir = synthesize('functions', (stack) => {
      const stage = new CfnParameter(stack, 'Stage', { type: 'String', default: 'test' });
      const isProduction = new CfnCondition(stack, 'IsProduction', {
        expression: Fn.conditionEquals(stage.valueAsString, 'production'),
      });
      const isTest = new CfnCondition(stack, 'IsTest', { expression: Fn.conditionNot(isProduction) });
      const only = new sqs.CfnQueue(stack, 'Only');
      only.cfnOptions.condition = isProduction;
      new sqs.CfnQueue(stack, 'Always', {
        queueName: Fn.join('-', [
          'q',
          Fn.select(1, Fn.split('/', 'a/b/c')),
          Fn.sub('${X}-${AWS::Region}-${!Y}', { X: 'x' }),
        ]),
        kmsMasterKeyId: Fn.conditionIf('IsProduction', 'alias/key', Fn.ref('AWS::NoValue')).toString(),
        delaySeconds: Fn.conditionIf(isTest.logicalId, 1, 2) as never,
      });
      new CfnOutput(stack, 'Text', { value: Fn.toJsonString({ stage: stage.valueAsString }) });
    });
    const plain = readAssembly(dir, 'Small', place);
    expect(plain.resources.get('Always')?.properties).toEqual({
      QueueName: 'q-b-x-eu-central-1-${Y}',
      DelaySeconds: 1,
    });
    expect(plain.resources.has('Only')).toBe(false);
    expect(plain.outputs.Text).toBe('{"stage":"test"}');
    const production = readAssembly(dir, 'Small', { ...place, parameters: { Stage: 'production' } });
    expect(production.resources.get('Always')?.properties).toMatchObject({
      KmsMasterKeyId: 'alias/key',
      DelaySeconds: 2,
    });
    expect(production.resources.has('Only')).toBe(true);
  });

  it('names what it cannot resolve', () => {
    const queue = (name: unknown) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: name } });
    const unknown = handWritten('unknown', {
      Queue: queue({ 'Fn::GetAtt': ['Queue2', 'Nonsense'] }),
      Queue2: queue('b'),
    });
    expect(() => readAssembly(unknown, 'Small', place)).toThrow(
      'unknown attribute Nonsense of Queue2 (AWS::SQS::Queue)',
    );
    const imported = handWritten('imported', { Queue: queue({ 'Fn::ImportValue': 'elsewhere' }) });
    expect(() => readAssembly(imported, 'Small', place)).toThrow('Fn::ImportValue is not offered here');
    const cyclic = handWritten('cyclic', {
      One: queue({ 'Fn::GetAtt': ['Two', 'QueueName'] }),
      Two: queue({ 'Fn::GetAtt': ['One', 'QueueName'] }),
    });
    expect(() => readAssembly(cyclic, 'Small', place)).toThrow('circular reference: One -> Two -> One');
    const nested = handWritten('nested', { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: {} } });
    expect(() => readAssembly(nested, 'Small', place)).toThrow('nested stacks are not offered here');
    const dangling = handWritten('dangling', { Queue: queue({ Ref: 'Gone' }) });
    expect(() => readAssembly(dangling, 'Small', place)).toThrow('no resource or parameter Gone');
    expect(() => readAssembly(cyclic, 'Other', place)).toThrow('has no stack Other; it has Small');
    expect(() => readAssembly(join(root, 'nowhere'), undefined, place)).toThrow(/cannot read .*manifest\.json/);
  });
});
