// Makes what an assembly declares, idempotently: a world opened again on the same file finds its resources and brings them up to date.
// Types that only matter on AWS are left alone; those of a service that is offered here but cannot be made are an error.

import type { Assembly, AssemblyResource } from '../assembly.ts';
import { AwsError } from '../service.ts';
import { type TableShape, updateTable } from './update-table.ts';

/** Makes a call without a principal, inside a turn. */
export type Make = (service: string, operation: string, input: object) => unknown;

type Properties = Readonly<Record<string, unknown>>;
type Maker = (make: Make, resource: AssemblyResource, assembly: Assembly) => void;

/** In the order they are made. */
const MAKERS: readonly (readonly [string, Maker])[] = [
  ['AWS::S3::Bucket', makeBucket],
  ['AWS::KMS::Key', makeSigningKey],
  ['AWS::DynamoDB::Table', makeTable],
  // Of one region it is a table; further replicas have no meaning in one process.
  ['AWS::DynamoDB::GlobalTable', makeTable],
  ['AWS::SQS::Queue', makeQueue],
  [
    'AWS::Events::EventBus',
    (make, { ref }) =>
      orKeep(['ResourceAlreadyExistsException'], () => make('EventBridge', 'CreateEventBus', { Name: ref })),
  ],
  [
    'AWS::Scheduler::ScheduleGroup',
    (make, { ref }) => orKeep(['ConflictException'], () => make('Scheduler', 'CreateScheduleGroup', { Name: ref })),
  ],
  ['AWS::CodeBuild::Project', makeProject],
  ['AWS::Lambda::Function', makeFunction],
  ['AWS::Lambda::EventInvokeConfig', makeInvokeConfig],
  ['AWS::StepFunctions::StateMachine', makeMachine],
  ['AWS::Lambda::EventSourceMapping', makeMapping],
  ['AWS::Events::Rule', makeRule],
  ['AWS::Scheduler::Schedule', makeSchedule],
];

/** @throws Error naming the resource that could not be made, and why */
export function provision(assembly: Assembly, make: Make): void {
  for (const [type, maker] of MAKERS) {
    for (const resource of assembly.resources.values()) {
      if (resource.type !== type) continue;
      try {
        maker(make, resource, assembly);
      } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        throw new Error(`${resource.logicalId} (${type}) cannot be made: ${reason}`, { cause: error });
      }
    }
  }
}

function makeBucket(make: Make, { ref, properties }: AssemblyResource): void {
  const locked = truth(properties.ObjectLockEnabled);
  orKeep(['BucketAlreadyOwnedByYou'], () =>
    make('S3', 'CreateBucket', { Bucket: ref, ...(locked ? { ObjectLockEnabledForBucket: true } : {}) }),
  );
  const { Status } = (properties.VersioningConfiguration ?? {}) as { Status?: string };
  if (Status !== undefined) make('S3', 'PutBucketVersioning', { Bucket: ref, VersioningConfiguration: { Status } });
  const { ObjectLockConfiguration } = properties;
  if (ObjectLockConfiguration !== undefined)
    make('S3', 'PutObjectLockConfiguration', { Bucket: ref, ObjectLockConfiguration: lockOf(ObjectLockConfiguration) });
}

/** A template's numbers may be texts. */
function lockOf(configuration: unknown): object {
  const { ObjectLockEnabled, Rule } = configuration as {
    ObjectLockEnabled?: string;
    Rule?: { DefaultRetention?: Properties };
  };
  if (Rule?.DefaultRetention === undefined) return { ObjectLockEnabled };
  const { Mode, ...length } = Rule.DefaultRetention;
  return { ObjectLockEnabled, Rule: { DefaultRetention: { Mode, ...numbers(length, ['Days', 'Years']) } } };
}

/** Keys that encrypt change nothing here; those that sign do. */
function makeSigningKey(make: Make, { ref, properties }: AssemblyResource): void {
  if (properties.KeyUsage !== 'SIGN_VERIFY') return;
  make('KMS', 'CreateKey', { KeyId: ref, ...pick(properties, ['KeyUsage', 'KeySpec']) });
}

function makeTable(make: Make, { ref, properties }: AssemblyResource): void {
  const view = (properties.StreamSpecification as Properties | undefined)?.StreamViewType;
  const input = {
    TableName: ref,
    ...pick(properties, [
      'AttributeDefinitions',
      'KeySchema',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'BillingMode',
      'ProvisionedThroughput',
    ]),
    ...(view === undefined ? {} : { StreamSpecification: { StreamEnabled: true, StreamViewType: view } }),
  };
  const made = orKeep(['ResourceInUseException'], () => make('DynamoDB', 'CreateTable', input));
  if (!made) updateTable(make, input as unknown as TableShape);
  const ttl = properties.TimeToLiveSpecification as Properties | undefined;
  if (!ttl) return;
  const TimeToLiveSpecification = { AttributeName: ttl.AttributeName, Enabled: truth(ttl.Enabled) };
  orKeep(['ValidationException'], () =>
    make('DynamoDB', 'UpdateTimeToLive', { TableName: ref, TimeToLiveSpecification }),
  );
}

function makeQueue(make: Make, { ref, properties }: AssemblyResource): void {
  const Attributes: Record<string, string> = {};
  const names = [
    'DelaySeconds',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'ReceiveMessageWaitTimeSeconds',
    'VisibilityTimeout',
    'RedrivePolicy',
    'FifoQueue',
  ];
  for (const name of names) {
    const value = properties[name];
    if (value !== undefined) Attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  const QueueName = ref.split('/').at(-1);
  const made = orKeep(['QueueNameExists'], () => make('SQS', 'CreateQueue', { QueueName, Attributes }));
  const kept = made ? undefined : (make('SQS', 'SetQueueAttributes', { QueueUrl: ref, Attributes }) as unknown);
  const url = (made as { QueueUrl?: string } | undefined)?.QueueUrl ?? ref;
  if (kept === undefined && url !== ref) throw new Error(`its URL is ${url}, the assembly has ${ref}`);
}

function makeFunction(make: Make, { logicalId, ref, properties }: AssemblyResource, assembly: Assembly): void {
  const input = {
    FunctionName: ref,
    ...pick(properties, ['Role', 'Handler', 'Environment']),
    ...numbers(properties, ['Timeout', 'MemorySize', 'ReservedConcurrentExecutions']),
    Code: { LocalPath: assembly.codePath(logicalId) },
  };
  const made = orKeep(['ResourceConflictException'], () => make('Lambda', 'CreateFunction', input));
  if (!made) make('Lambda', 'UpdateFunctionConfiguration', input);
}

function makeInvokeConfig(make: Make, { properties }: AssemblyResource): void {
  const input = {
    ...pick(properties, ['FunctionName', 'DestinationConfig']),
    ...numbers(properties, ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds']),
  };
  make('Lambda', 'PutFunctionEventInvokeConfig', input);
}

function makeMachine(make: Make, { ref, properties }: AssemblyResource): void {
  const input = {
    definition: properties.DefinitionString,
    roleArn: properties.RoleArn,
    ...(properties.StateMachineType === undefined ? {} : { type: properties.StateMachineType }),
  };
  const name = ref.split(':').at(-1);
  const made = orKeep(['StateMachineAlreadyExists'], () => make('SFN', 'CreateStateMachine', { name, ...input }));
  if (!made)
    make('SFN', 'UpdateStateMachine', { stateMachineArn: ref, definition: input.definition, roleArn: input.roleArn });
}

function makeMapping(make: Make, { properties }: AssemblyResource): void {
  const input = {
    ...pick(properties, [
      'FunctionName',
      'EventSourceArn',
      'ScalingConfig',
      'FunctionResponseTypes',
      'FilterCriteria',
      'StartingPosition',
      'DestinationConfig',
    ]),
    ...numbers(properties, [
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'MaximumRetryAttempts',
      'MaximumRecordAgeInSeconds',
      'ParallelizationFactor',
    ]),
    Enabled: properties.Enabled === undefined ? true : truth(properties.Enabled),
    BisectBatchOnFunctionError: truth(properties.BisectBatchOnFunctionError),
  };
  if (orKeep(['ResourceConflictException'], () => make('Lambda', 'CreateEventSourceMapping', input))) return;
  const { FunctionName, EventSourceArn } = properties;
  const { EventSourceMappings: known } = make('Lambda', 'ListEventSourceMappings', {
    FunctionName,
    EventSourceArn,
  }) as {
    EventSourceMappings: { UUID: string }[];
  };
  for (const { UUID } of known) make('Lambda', 'UpdateEventSourceMapping', { ...input, UUID });
}

function makeRule(make: Make, { ref, properties }: AssemblyResource): void {
  const name = (ref.split('|').at(-1) ?? ref).split('/').at(-1);
  const bus = pick(properties, ['EventBusName']);
  const pattern = properties.EventPattern;
  const EventPattern = pattern === undefined || typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
  make('EventBridge', 'PutRule', {
    Name: name,
    ...bus,
    EventPattern,
    ...pick(properties, ['ScheduleExpression', 'State', 'Description', 'RoleArn']),
  });
  const targets = (properties.Targets as Properties[] | undefined) ?? [];
  const { Targets: old } = make('EventBridge', 'ListTargetsByRule', { Rule: name, ...bus }) as {
    Targets: { Id: string }[];
  };
  const gone = old.map(({ Id }) => Id).filter((id) => !targets.some((target) => target.Id === id));
  if (gone.length > 0) make('EventBridge', 'RemoveTargets', { Rule: name, ...bus, Ids: gone });
  if (targets.length > 0) make('EventBridge', 'PutTargets', { Rule: name, ...bus, Targets: targets });
}

function makeSchedule(make: Make, { ref, properties }: AssemblyResource): void {
  const input = { Name: ref.split(/[/|]/).at(-1), ...properties };
  const made = orKeep(['ConflictException'], () => make('Scheduler', 'CreateSchedule', input));
  if (!made) make('Scheduler', 'UpdateSchedule', input);
}

function makeProject(make: Make, { ref, properties }: AssemblyResource): void {
  const { Source, SecondarySources, Environment, VpcConfig } = properties as Record<string, Properties | undefined>;
  const input = {
    name: ref,
    serviceRole: properties.ServiceRole,
    source: { type: Source?.Type, location: Source?.Location, buildspec: Source?.BuildSpec },
    secondarySources: ((SecondarySources ?? []) as unknown as Properties[]).map((source) => ({
      sourceIdentifier: source.SourceIdentifier,
      location: source.Location,
    })),
    environment: {
      computeType: Environment?.ComputeType,
      environmentVariables: ((Environment?.EnvironmentVariables ?? []) as unknown as Properties[]).map((variable) => ({
        name: variable.Name,
        value: variable.Value,
      })),
    },
    ...(VpcConfig === undefined ? {} : { vpcConfig: { vpcId: String(VpcConfig.VpcId) } }),
    ...(properties.TimeoutInMinutes === undefined ? {} : { timeoutInMinutes: Number(properties.TimeoutInMinutes) }),
  };
  const made = orKeep(['ResourceAlreadyExistsException'], () => make('CodeBuild', 'CreateProject', input));
  if (!made) make('CodeBuild', 'UpdateProject', input);
}

/** The result, or undefined when it was there already. */
function orKeep(names: readonly string[], create: () => unknown): object | undefined {
  try {
    return (create() as object | undefined) ?? {};
  } catch (error) {
    if (error instanceof AwsError && names.includes(error.name)) return undefined;
    throw error;
  }
}

function pick(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
  );
}

/** CloudFormation takes numbers as text too. */
function numbers(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(pick(properties, names)).map(([name, value]) => [name, Number(value)]));
}

function truth(value: unknown): boolean {
  return value === true || value === 'true';
}
