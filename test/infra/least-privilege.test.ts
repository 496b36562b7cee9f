// Every statement of every role, one line each: a change to what anything may do shows up here for review.

import { describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { roleOf } from '../../infra/roles.ts';
import { readAssembly } from '../../local/assembly.ts';
import { synthesize } from './synthesize.ts';

const { dir, app } = synthesize();
const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });

interface Statement {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: string;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]) as string[];

const statements: Statement[] = [...assembly.resources.values()]
  .filter(({ type }) => type === 'AWS::IAM::Policy')
  .flatMap(({ logicalId, properties }) =>
    // biome-ignore lint/suspicious/noExplicitAny: a policy document
    ((properties as any).PolicyDocument.Statement as any[]).map((statement) => ({
      role: logicalId.replace(/Role(Policy)?[0-9A-F]{8}$/, '').replace(/^(Functions|Machines)/, '$1 '),
      actions: list(statement.Action),
      resources: list(statement.Resource),
      condition: statement.Condition === undefined ? '' : ` if ${JSON.stringify(statement.Condition)}`,
    })),
  );

const short = (resource: string): string =>
  resource
    .replace(/^arn:aws:/, '')
    .replace(/(eu-west-1)?:111122223333:/, '')
    .replace(/(?<=[A-Za-z])[0-9A-F]{8}\b/g, '')
    .replace(/[0-9a-f]{8}(?=\/|$)/, '');

it('is what was reviewed', () => {
  const lines = statements
    .flatMap(({ role, actions, resources, condition }) =>
      resources.map((resource) => `${role}: ${actions.join(' ')} on ${short(resource)}${condition}`),
    )
    .toSorted();
  expect(lines.join('\n')).toMatchSnapshot();
});

it('names every action', () => {
  expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
});

it('leaves a resource open only where AWS has none to name', () => {
  const open = statements.filter(({ resources }) => resources.includes('*')).flatMap(({ actions }) => actions);
  expect([...new Set(open)].toSorted()).toEqual([
    'dynamodb:ListStreams',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeDhcpOptions',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ]);
});

it('lets one role put into the ledger and none change it', () => {
  const arn = [...assembly.resources.values()].find(({ logicalId }) => logicalId.startsWith('DataLedger'))
    ?.arn as string;
  const onLedger = statements.filter(({ resources }) => resources.some((resource) => resource.startsWith(arn)));
  const writers = onLedger.filter(({ actions }) => actions.some((action) => /Put|Update|Delete|Write/.test(action)));
  expect(writers.map(({ role }) => role)).toEqual(['Functions ledger']);
  expect(writers[0]?.actions.toSorted()).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
});

it('attaches no managed policy', () => {
  const roles = [...assembly.resources.values()].filter(({ type }) => type === 'AWS::IAM::Role');
  // One each, and one for the scheduler.
  const owners = /^AWS::(Lambda::Function|StepFunctions::StateMachine|CodeBuild::Project)$/;
  const owning = [...assembly.resources.values()].filter(({ type }) => owners.test(type));
  expect(roles).toHaveLength(owning.length + 1);
  expect(roles.filter(({ properties }) => properties.ManagedPolicyArns !== undefined)).toEqual([]);
});

describe('cdk-nag AwsSolutions', () => {
  it('finds nothing', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app)).toEqual({ success: true, violations: [] });
  });

  it('acknowledges single findings, each with its reason', () => {
    const acknowledged = app.node
      .findAll()
      .flatMap((construct) =>
        construct.node.metadata
          .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
          .flatMap(({ data }) =>
            Object.entries(data as Record<string, string>).map(([id, reason]) => ({ construct, id, reason })),
          ),
      );
    expect(acknowledged.length).toBeGreaterThan(10);
    for (const { construct, id, reason } of acknowledged) {
      expect(reason.length).toBeGreaterThan(20);
      // Never on the stack or the app, never a whole rule about wildcards.
      expect(Stack.isStack(construct) || construct === app).toBe(false);
      expect(id).not.toMatch(/IAM[45]$/);
    }
  });
});

describe('a role', () => {
  const stack = new Stack(undefined, 'Roles');

  it('refuses an action with a wildcard', () => {
    expect(() =>
      roleOf(stack, 'A', 'lambda.amazonaws.com', [{ actions: ['s3:Get*'], resources: ['arn:aws:s3:::b/k'] }]),
    ).toThrow('role A: expected actions by name, found s3:Get*');
  });

  it('refuses a wildcard without a reason, and a reason without a wildcard', () => {
    const grant = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] };
    expect(() => roleOf(stack, 'B', 'lambda.amazonaws.com', [grant])).toThrow('expected a reason for wildcards');
    const narrow = { ...grant, resources: ['arn:aws:s3:::b/k'], because: 'no reason at all' };
    expect(() => roleOf(stack, 'C', 'lambda.amazonaws.com', [narrow])).toThrow('expected a reason for wildcards');
  });
});
