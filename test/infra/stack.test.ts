// What the template must hold, whatever else changes.

import { describe, expect, it } from '@jest/globals';
import { findCycle } from '../../core/graph/cycle.ts';
import { createGraph } from '../../core/graph/graph.ts';
import { FUNCTION_SPECS } from '../../infra/function-specs.ts';
import { readAssembly } from '../../local/assembly.ts';
import { OUTBOX } from '../../store/keys.ts';
import { synthesize } from './synthesize.ts';

const { dir, template } = synthesize();
const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });

// biome-ignore lint/suspicious/noExplicitAny: a CloudFormation resource
type Resource = any;

const ofType = (type: string): Resource[] =>
  Object.values(template.Resources).filter((each: Resource) => each.Type === type);
const resolved = (type: string): Resource[] =>
  [...assembly.resources.values()].filter((each) => each.type === type).map(({ properties }) => properties);

const ruleFor = (functionName: string): Resource =>
  resolved('AWS::Events::Rule').find((rule) => rule.Targets[0].Arn.endsWith(`function:${functionName}`));

describe('data', () => {
  it('keeps both tables on demand, recoverable to a point in time, expiring by expiresAt, and retained', () => {
    expect(ofType('AWS::DynamoDB::Table')).toHaveLength(2);
    for (const table of ofType('AWS::DynamoDB::Table')) {
      expect(table.DeletionPolicy).toBe('Retain');
      expect(table.Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it('streams new images of the data table alone, which has the one index', () => {
    const streaming = ofType('AWS::DynamoDB::Table').filter((table) => table.Properties.StreamSpecification);
    expect(streaming).toHaveLength(1);
    expect(streaming[0].Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', Projection: { ProjectionType: 'ALL' } }],
    });
  });

  it('keeps artifacts versioned, encrypted, unreachable from outside and over TLS only', () => {
    const [bucket] = ofType('AWS::S3::Bucket');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const [policy] = ofType('AWS::S3::BucketPolicy');
    expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('encrypts tables and artifacts with a key of the stage’s own when told so, usable through them alone', () => {
    const { template: keyed } = synthesize({ customerKey: 'on' });
    const all = Object.entries(keyed.Resources) as [string, Resource][];
    const [[id, key]] = all.filter(([name, { Type }]) => Type === 'AWS::KMS::Key' && name.startsWith('Data')) as [
      [string, Resource],
    ];
    expect(key.Properties.EnableKeyRotation).toBe(true);
    const open = key.Properties.KeyPolicy.Statement.find(({ Principal }: Resource) => Principal.AWS === '*');
    expect(open.Condition.StringEquals).toEqual({
      'kms:CallerAccount': { Ref: 'AWS::AccountId' },
      'kms:ViaService': [expect.anything(), expect.anything()],
    });
    expect(open.Action.filter((action: string) => action.includes('*'))).toEqual([]);
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    const tables = all.filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');
    expect(tables.map(([, { Properties }]) => Properties.SSESpecification)).toEqual(
      Array(2).fill({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn }),
    );
    const bucket = all.find(([name, { Type }]) => Type === 'AWS::S3::Bucket' && name.startsWith('Data'))?.[1];
    expect(
      bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault,
    ).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: arn,
    });
    // Of the same kind as without the key, so that turning it on replaces nothing.
    expect(tables.map(([name]) => name)).toEqual(
      Object.entries<Resource>(template.Resources)
        .filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table')
        .map(([name]) => name),
    );
  });

  it('lets data go with the stack when told so', () => {
    const { template: going } = synthesize({ removal: 'destroy' });
    const kept = Object.values(going.Resources).filter((each: Resource) => each.DeletionPolicy === 'Retain');
    expect(kept).toEqual([]);
  });
});

describe('queues', () => {
  it('hold work for six times the worker’s limit and set it aside after five deliveries [safety: visibility]', () => {
    const work = resolved('AWS::SQS::Queue').filter((queue) => queue.RedrivePolicy);
    expect(work).toHaveLength(2);
    for (const queue of work) {
      expect(queue.VisibilityTimeout).toBe(6 * 900);
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    }
  });

  it('feed workers one message at a time, ten at once, and report single failures [safety: throttled-receives]', () => {
    const workers = resolved('AWS::Lambda::EventSourceMapping').filter((each) => each.FunctionName.includes('worker'));
    expect(workers).toHaveLength(2);
    for (const mapping of workers) {
      expect(mapping).toMatchObject({
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 10 },
      });
    }
  });

  it('hand a worker one message a delivery, so that a bad one brings no other back [safety: partial-batch]', () => {
    const workers = resolved('AWS::Lambda::EventSourceMapping').filter((each) => each.FunctionName.includes('worker'));
    expect(workers.map(({ BatchSize }) => BatchSize)).toEqual([1, 1]);
    for (const { FunctionResponseTypes } of resolved('AWS::Lambda::EventSourceMapping')) {
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  it('feed both dead-letter queues to the function that tells their executions', () => {
    const dead = resolved('AWS::Lambda::EventSourceMapping').filter((each) => each.FunctionName.endsWith('-dlq'));
    const arns = resolved('AWS::SQS::Queue').flatMap((queue) => queue.RedrivePolicy?.deadLetterTargetArn ?? []);
    expect(dead.map((mapping) => mapping.EventSourceArn).toSorted()).toEqual(arns.toSorted());
  });
});

describe('the ledger’s stream', () => {
  it('is read in order, halved on errors, and what cannot be numbered is set aside', () => {
    const [mapping] = resolved('AWS::Lambda::EventSourceMapping').filter((each) =>
      each.FunctionName.endsWith('-ledger'),
    );
    expect(mapping).toMatchObject({
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: true,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(mapping.FilterCriteria.Filters.map(({ Pattern }: Resource) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: OUTBOX }] } } } },
    ]);
    expect(mapping.MaximumRetryAttempts).toBeGreaterThan(0);
    expect(mapping.DestinationConfig.OnFailure.Destination).toContain(':sqs:');
  });
});

describe('functions', () => {
  it('run Node 24 on arm64, traced, logging to a group of their own that forgets', () => {
    const functions = ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(Object.keys(FUNCTION_SPECS).length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Handler: 'index.handler',
      });
      const group = template.Resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(group.Properties.RetentionInDays).toBe(90);
    }
  });

  it('have a role each', () => {
    const roles = ofType('AWS::Lambda::Function').map(({ Properties }) => JSON.stringify(Properties.Role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('give workers 15 minutes and everything else less than a state waits for it', () => {
    for (const { FunctionName, Timeout } of resolved('AWS::Lambda::Function')) {
      if (FunctionName.includes('worker')) expect(Timeout).toBe(900);
      else expect(Timeout).toBeLessThan(300);
    }
  });
});

describe('machines', () => {
  it('log everything but the data and are traced', () => {
    expect(ofType('AWS::StepFunctions::StateMachine')).toHaveLength(5);
    for (const { Properties } of ofType('AWS::StepFunctions::StateMachine')) {
      expect(Properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
      expect(Properties.TracingConfiguration).toEqual({ Enabled: true });
    }
  });

  it('call functions and machines that are in the stack', () => {
    const arns = new Set([...assembly.resources.values()].map(({ arn }) => arn));
    const called = resolved('AWS::StepFunctions::StateMachine').flatMap(({ DefinitionString }) =>
      [...String(DefinitionString).matchAll(/"(?:FunctionName|StateMachineArn)":"([^"]+)"/g)].map((match) => match[1]),
    );
    expect(called.length).toBeGreaterThan(20);
    expect(called.filter((arn) => !arns.has(arn))).toEqual([]);
  });

  it('lay the built-in pipeline out: security beside story-loop, qa beside aesthetic, bizdev beside them all', () => {
    const run = JSON.parse(
      resolved('AWS::StepFunctions::StateMachine').find((each) => each.StateMachineName.endsWith('-run'))
        .DefinitionString,
    );
    const outer = run.States['bizdev + architecture'];
    expect(outer.Type).toBe('Parallel');
    expect(Object.keys(outer.Branches[1].States)).toEqual(
      expect.arrayContaining(['architecture', 'build', 'security + story-loop', 'qa + aesthetic']),
    );
  });
});

describe('parts', () => {
  const count = (of: Resource, type: RegExp) =>
    Object.values<Resource>(of.Resources).filter(({ Type }) => type.test(Type)).length;

  it.each([
    ['observability', /^AWS::CloudWatch::/],
    ['archive', /^AWS::Events::Archive$/],
    ['signing', /^AWS::KMS::Key$/],
  ])('%s is left out when told so, and nothing else', (part, type) => {
    const { template: without } = synthesize({ [part]: 'off' });
    expect(count(template, type)).toBeGreaterThan(0);
    expect(count(without, type)).toBe(0);
    const kept = Object.keys(template.Resources).filter((id) => !type.test(template.Resources[id].Type));
    expect(Object.keys(without.Resources)).toEqual(kept);
  });

  it('keeps what was published for thirty days', () => {
    expect(resolved('AWS::Events::Archive')).toEqual([
      expect.objectContaining({ RetentionDays: 30, EventPattern: { source: ['ideamine'] } }),
    ]);
  });
});

describe('names', () => {
  it('differ by stage, so that stages share an account', () => {
    const { template: other } = synthesize({ stage: 'prod' });
    const named = (of: Resource) =>
      Object.values(of.Resources).flatMap(({ Properties }: Resource) =>
        ['FunctionName', 'StateMachineName', 'LogGroupName', 'Name', 'AlarmName', 'DashboardName', 'ArchiveName']
          .map((key) => Properties?.[key])
          .filter((name) => typeof name === 'string'),
      );
    const ours = new Set(named(template));
    expect(ours.size).toBeGreaterThan(30);
    expect(named(other).filter((name) => ours.has(name))).toEqual([]);
  });

  it('in policies and environments are those of things in the stack', () => {
    const known = new Set([...assembly.resources.values()].flatMap(({ arn, ref }) => [arn, ref]));
    const told = resolved('AWS::Lambda::Function').flatMap(({ Environment }) =>
      Object.entries(Environment.Variables).filter(
        ([name]) => /_(ARN|URL|NAME)$/.test(name) && name !== 'PIPELINE_NAME',
      ),
    );
    expect(told.length).toBeGreaterThan(20);
    expect(
      told.filter(
        ([, value]) =>
          !known.has(value as string) && !known.has(`arn:aws:events:eu-west-1:111122223333:event-bus/${value}`),
      ),
    ).toEqual([]);
  });
});

it('closes runs that end in a way they cannot catch', () => {
  const rule = ruleFor('ideamine-dev-close');
  expect(rule.EventPattern).toEqual({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [assembly.outputs.RunMachineArn] },
  });
});

it('seals a ledger whenever a phase or a run ends, into a bucket that removes nothing, with a key of its own', () => {
  expect(ruleFor('ideamine-dev-seal').EventPattern).toEqual({
    source: ['ideamine'],
    'detail-type': ['phase.completed', 'phase.error', 'run.completed', 'run.failed', 'run.published'],
  });
  const bucket = resolved('AWS::S3::Bucket').find((each) => each.ObjectLockEnabled === true);
  expect(bucket).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } } },
  });
  expect(resolved('AWS::KMS::Key')).toMatchObject([{ KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' }]);
});

it('resolves with plain intrinsics and needs no custom resource', () => {
  const intrinsics = new Set<string>();
  JSON.stringify(template.Resources, (key, value) => {
    if (key === 'Ref' || key.startsWith('Fn::')) intrinsics.add(key);
    return value;
  });
  expect(
    [...intrinsics].filter(
      (key) => !['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub', 'Fn::Select', 'Fn::Split'].includes(key),
    ),
  ).toEqual([]);
  expect(
    Object.values(template.Resources).filter((each: Resource) => /Custom::|CloudFormation::/.test(each.Type)),
  ).toEqual([]);
});

it('can be made in some order, and roles are whole before they are used', () => {
  const edges = Object.entries(template.Resources).flatMap(([id, resource]: [string, Resource]) =>
    namesIn(resource)
      .filter((name) => name in template.Resources)
      .map((name): [string, string] => [id, name]),
  );
  expect(findCycle(createGraph(Object.keys(template.Resources), edges))).toBeNull();
  for (const type of ['AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine']) {
    for (const { DependsOn } of ofType(type)) expect(DependsOn).toContainEqual(expect.stringMatching(/RolePolicy/));
  }
});

/** Logical ids a resource refers to or waits for. */
function namesIn({ DependsOn = [], Properties }: Resource): string[] {
  const names: string[] = [DependsOn].flat();
  JSON.stringify(Properties, (key, value) => {
    if (key === 'Ref') names.push(value);
    if (key === 'Fn::GetAtt') names.push(value[0]);
    return value;
  });
  return names;
}

it('says where everything is', () => {
  expect(Object.keys(assembly.outputs)).toEqual(
    expect.arrayContaining([
      'RunMachineArn',
      'PhaseMachineArn',
      'TableName',
      'LedgerTableName',
      'BucketName',
      'EventBusName',
      'ModelsQueueUrl',
      'ToolsQueueUrl',
      'ScheduleGroupName',
      'SweepFunctionName',
      'WorkerModelsFunctionName',
      'StructureHash',
    ]),
  );
});
