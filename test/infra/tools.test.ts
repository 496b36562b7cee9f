// The projects that measure: what they may reach, and that a stage can do without them.

import { describe, expect, it } from '@jest/globals';
import { readAssembly } from '../../local/assembly.ts';
import { synthesize } from './synthesize.ts';

const { dir } = synthesize();
const assembly = readAssembly(dir, undefined, { accountId: '111122223333', region: 'eu-west-1' });

// biome-ignore lint/suspicious/noExplicitAny: a CloudFormation resource
type Resource = any;
const all = (type: string): Resource[] =>
  [...assembly.resources.values()].filter((each) => each.type === type).map(({ properties }) => properties);
const project = (name: string): Resource => all('AWS::CodeBuild::Project').find(({ Name }) => Name === name);
const statementsOf = (name: string): Resource[] =>
  [...assembly.resources.values()]
    .filter(({ type, logicalId }) => type === 'AWS::IAM::Policy' && logicalId.startsWith(name))
    .flatMap(({ properties }) => (properties.PolicyDocument as Resource).Statement);

describe('the tools project', () => {
  it('runs in a network without a way out but to the one bucket', () => {
    expect(project('ideamine-dev-tools').VpcConfig.Subnets).toHaveLength(1);
    expect(all('AWS::EC2::InternetGateway').concat(all('AWS::EC2::NatGateway'), all('AWS::EC2::Route'))).toEqual([]);
    const [door] = all('AWS::EC2::VPCEndpoint');
    expect(door.VpcEndpointType).toBe('Gateway');
    const bucket = all('AWS::S3::BucketPolicy')[0].Bucket;
    expect(door.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
        Resource: [`arn:aws:s3:::${bucket}/tools/*`, `arn:aws:s3:::${bucket}/toolset/*`],
      },
    ]);
  });

  it('may write to its own prefix and nowhere else, and neither to rows nor queues', () => {
    const allowed = [...statementsOf('Measuringtools'), ...statementsOf('Measuringregistry')];
    const actions = allowed.flatMap(({ Action }) => Action);
    expect(actions.filter((action: string) => !/^(s3|ec2):/.test(action))).toEqual([]);
    const writing = allowed.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
    expect(writing.flatMap(({ Resource }) => Resource).every((on: string) => on.endsWith('/tools/*'))).toBe(true);
  });

  it('runs what the toolset of this very version holds', () => {
    const [source] = project('ideamine-dev-tools').SecondarySources;
    expect(source.Location).toMatch(/\/toolset\/[0-9a-f]{16}\.zip$/);
    expect(source.Location.endsWith(assembly.outputs.ToolsetKey as string)).toBe(true);
  });
});

describe('the registry project', () => {
  it('is in no network of ours, since it asks a registry', () => {
    expect(project('ideamine-dev-registry').VpcConfig).toBeUndefined();
  });
});

it('leaves the projects out with -c tools=off, and what workers may do with them', () => {
  const { template } = synthesize({ tools: 'off' });
  const text = JSON.stringify(template);
  expect(text).not.toContain('AWS::CodeBuild::Project');
  expect(text).not.toContain('AWS::EC2::VPC');
  expect(text).not.toContain('codebuild:');
  const variables = Object.values(template.Resources)
    .filter((each: Resource) => each.Type === 'AWS::Lambda::Function')
    .map((each: Resource) => each.Properties.Environment?.Variables?.TOOLS_PROJECT ?? '');
  expect(variables.every((value) => value === '')).toBe(true);
});
