// The identity of a resource after deployment, by type: what Ref gives, its ARN and its attributes.
// Names the template leaves open are made from stack and logical id, without CloudFormation's random part.

import { physicalName } from './physical-name.ts';

export interface Identity {
  readonly ref: string;
  readonly arn?: string;
  /** Attributes for Fn::GetAtt; functions, so that one which cannot be known fails only when asked for. */
  readonly attributes: Readonly<Record<string, () => unknown>>;
}

export interface IdentityContext {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** A resolved property, or undefined. */
  property(name: string): unknown;
}

type Kind = (context: IdentityContext) => Identity;

/** A resource whose Ref is its name. `arn` gets the name. */
function named(
  property: string,
  limit: number,
  arn: (context: IdentityContext, name: string) => string,
  more: (context: IdentityContext, name: string, arn: string) => Record<string, unknown> = () => ({}),
): Kind {
  return (context) => {
    const name = physicalName(context, property, limit);
    const itsArn = arn(context, name);
    return { ref: name, arn: itsArn, attributes: constants({ Arn: itsArn, ...more(context, name, itsArn) }) };
  };
}

/** A resource whose Ref is its ARN. */
function byArn(...parameters: Parameters<typeof named>): Kind {
  const kind = named(...parameters);
  return (context) => {
    const identity = kind(context);
    return { ...identity, ref: identity.arn ?? identity.ref };
  };
}

function constants(values: Record<string, unknown>): Record<string, () => unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value]));
}

const regional =
  (service: string, prefix = '') =>
  ({ region, accountId }: IdentityContext, name: string): string =>
    `arn:aws:${service}:${region}:${accountId}:${prefix}${name}`;

const iam =
  (kind: string) =>
  (context: IdentityContext, name: string): string =>
    `arn:aws:iam::${context.accountId}:${kind}${context.property('Path') ?? '/'}${name}`;

const table = named('TableName', 255, regional('dynamodb', 'table/'), (_, name, arn) => ({
  StreamArn: `${arn}/stream/local`,
  TableId: name,
}));

const queueUrl = ({ region, accountId }: IdentityContext, name: string): string =>
  `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::SQS::Queue': (context) => {
    const fifo = context.property('FifoQueue') === true ? '.fifo' : '';
    const name = physicalName(context, 'QueueName', 80, fifo);
    const arn = regional('sqs')(context, name);
    const url = queueUrl(context, name);
    return { ref: url, arn, attributes: constants({ Arn: arn, QueueName: name, QueueUrl: url }) };
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Lambda::Function': named('FunctionName', 64, regional('lambda', 'function:')),
  'AWS::Lambda::Version': versionOf('FunctionName', 'Version'),
  'AWS::Lambda::Alias': (context) => {
    const target = functionArn(context, String(context.property('FunctionName')));
    const arn = `${target}:${context.property('Name')}`;
    return { ref: arn, arn, attributes: constants({ AliasArn: arn }) };
  },
  'AWS::Lambda::LayerVersion': byArn('LayerName', 140, (c, name) => `${regional('lambda', 'layer:')(c, name)}:1`),
  'AWS::Lambda::EventSourceMapping': named('', 255, regional('lambda', 'event-source-mapping:'), (_, name, arn) => ({
    Id: name,
    EventSourceMappingArn: arn,
  })),
  'AWS::Lambda::EventInvokeConfig': plain,
  'AWS::Lambda::Permission': plain,
  'AWS::StepFunctions::StateMachine': byArn('StateMachineName', 80, regional('states', 'stateMachine:'), (_, name) => ({
    Name: name,
    StateMachineRevisionId: 'INITIAL',
  })),
  'AWS::StepFunctions::StateMachineVersion': versionOf('StateMachineArn', 'Version'),
  'AWS::StepFunctions::Activity': byArn('Name', 80, regional('states', 'activity:'), (_, name) => ({ Name: name })),
  'AWS::IAM::Role': named('RoleName', 64, iam('role'), (_, name) => ({ RoleId: name })),
  'AWS::IAM::User': named('UserName', 64, iam('user')),
  'AWS::IAM::ManagedPolicy': byArn('ManagedPolicyName', 128, iam('policy'), (_, __, arn) => ({ PolicyArn: arn })),
  'AWS::IAM::Policy': plain,
  'AWS::IAM::RolePolicy': plain,
  'AWS::S3::Bucket': (context) => {
    const name = physicalName(context, 'BucketName', 63).toLowerCase();
    const arn = `arn:aws:s3:::${name}`;
    const regionalName = `${name}.s3.${context.region}.amazonaws.com`;
    const domain = { DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: regionalName };
    return { ref: name, arn, attributes: constants({ Arn: arn, ...domain }) };
  },
  'AWS::S3::BucketPolicy': plain,
  'AWS::KMS::Key': named('', 64, regional('kms', 'key/'), (_, name) => ({ KeyId: name })),
  'AWS::KMS::Alias': named('AliasName', 256, regional('kms')),
  'AWS::CodeBuild::Project': named('Name', 150, regional('codebuild', 'project/')),
  'AWS::EC2::VPC': named('', 64, regional('ec2', 'vpc/'), (_, name) => ({ VpcId: name })),
  'AWS::EC2::SecurityGroup': named('GroupName', 64, regional('ec2', 'security-group/'), (_, name) => ({
    GroupId: name,
  })),
  'AWS::Events::EventBus': named('Name', 256, regional('events', 'event-bus/'), (_, name) => ({ Name: name })),
  'AWS::Events::Rule': (context) => {
    const name = physicalName(context, 'Name', 64);
    const bus = String(context.property('EventBusName') ?? 'default').replace(/^.*event-bus\//, '');
    const arn = regional('events', 'rule/')(context, bus === 'default' ? name : `${bus}/${name}`);
    return { ref: bus === 'default' ? name : `${bus}|${name}`, arn, attributes: constants({ Arn: arn }) };
  },
  'AWS::Events::Archive': named('ArchiveName', 48, regional('events', 'archive/'), (_, name) => ({
    ArchiveName: name,
  })),
  'AWS::Scheduler::Schedule': named('Name', 64, (context, name) => {
    return regional('scheduler', `schedule/${context.property('GroupName') ?? 'default'}/`)(context, name);
  }),
  'AWS::Scheduler::ScheduleGroup': named('Name', 64, regional('scheduler', 'schedule-group/')),
  'AWS::Logs::LogGroup': named('LogGroupName', 512, (c, name) => `${regional('logs', 'log-group:')(c, name)}:*`),
  'AWS::Logs::ResourcePolicy': plain,
  'AWS::SNS::Topic': byArn('TopicName', 256, regional('sns'), (_, name, arn) => ({ TopicName: name, TopicArn: arn })),
  'AWS::SQS::QueuePolicy': plain,
  'AWS::SNS::TopicPolicy': plain,
  'AWS::SNS::Subscription': plain,
  'AWS::CloudWatch::Alarm': named('AlarmName', 255, regional('cloudwatch', 'alarm:')),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', 255, regional('cloudwatch', 'alarm:')),
  'AWS::CloudWatch::Dashboard': plain,
  'AWS::SSM::Parameter': named('Name', 1011, (context, name) =>
    regional('ssm', name.startsWith('/') ? 'parameter' : 'parameter/')(context, name),
  ),
  'AWS::SecretsManager::Secret': byArn('Name', 512, regional('secretsmanager', 'secret:'), (_, __, arn) => ({
    Id: arn,
  })),
};

function versionOf(property: string, attribute: string): Kind {
  return (context) => {
    const target = String(context.property(property));
    const arn = `${property === 'FunctionName' ? functionArn(context, target) : target}:1`;
    return { ref: arn, arn, attributes: constants({ [attribute]: '1', Arn: arn, FunctionArn: arn }) };
  };
}

function functionArn(context: IdentityContext, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : regional('lambda', 'function:')(context, nameOrArn);
}

function plain(context: IdentityContext): Identity {
  return { ref: physicalName(context, '', 255), attributes: {} };
}

/**
 * A type not in the table keeps a name for Ref and has no attributes.
 * @throws Error for a nested stack, whose resources would be missing without a word
 */
export function identify(context: IdentityContext): Identity {
  if (context.type === 'AWS::CloudFormation::Stack')
    throw new Error(`${context.logicalId} (AWS::CloudFormation::Stack): nested stacks are not offered here`);
  return (kinds[context.type] ?? plain)(context);
}
