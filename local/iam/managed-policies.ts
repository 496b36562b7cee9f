// The AWS managed policies that templates name, as far as they concern services a function calls.
// Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html

import { type Statement, statementsOf } from './statement.ts';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': LOGS,
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    ...LOGS,
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    ...LOGS,
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ],
  AWSXRayDaemonWriteAccess: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
};

/** @throws Error naming a managed policy that is not known here */
export function managedPolicy(source: string, arn: string): Statement[] {
  const name = arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, '');
  const actions = ACTIONS[name];
  if (actions === undefined) throw new Error(`${source}: the managed policy ${arn} is not known here`);
  return statementsOf(`${source} (${name})`, { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
}
