// Where tools run: two CodeBuild projects that take a zip from one prefix of the bucket and put reports back to it (ADR 19).
// `tools` runs the project's own code, in a network that has no way out; `registry` asks a package registry about names and
// versions, and is given nothing else.

import { Stack, Validations } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import {
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
} from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Names } from './names.ts';
import { type Grant, roleOf } from './roles.ts';
import { toolsetKey } from './toolset.ts';

/** A tool ends itself long before. */
const MINUTES = 30;

/** Prefixes of the bucket: what builds read and write, and the programs they run. */
const WORK = 'tools';
const TOOLSET = 'toolset';

/** `node` is the toolset's own where it holds one, so that every machine measures with the same. */
const BUILDSPEC = `version: "0.2"
phases:
  build:
    commands:
      - PATH="$CODEBUILD_SRC_DIR_toolset/node_modules/node/bin:$PATH" node "$CODEBUILD_SRC_DIR_toolset/agents/tools/main.ts"
artifacts:
  base-directory: out
  files: ["**/*"]
`;

export interface ToolsProps {
  readonly names: Names;
  readonly bucket: IBucket;
}

export class Tools extends Construct {
  readonly projects: Readonly<Record<'tools' | 'registry', string>>;
  /** Key of the programs' zip in the bucket. */
  readonly toolsetKey: string;

  constructor(scope: Construct, id: string, { names, bucket }: ToolsProps) {
    super(scope, id);
    this.toolsetKey = toolsetKey();
    const nowhere = this.isolatedNetwork(bucket);
    const make = (name: 'tools' | 'registry', network: ReturnType<Tools['isolatedNetwork']> | undefined): string => {
      const part = new Construct(this, name);
      const role = roleOf(part, 'Role', 'codebuild.amazonaws.com', [
        ...this.ownPrefix(bucket),
        ...(network === undefined ? [] : network.grants),
      ]);
      const project = new CfnProject(part, 'Project', {
        name: `${names.prefix}-${name}`,
        description: `Measures what a run of ${names.prefix} has made`,
        serviceRole: role.roleArn,
        artifacts: { type: 'NO_ARTIFACTS' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
          computeType: 'BUILD_GENERAL1_MEDIUM',
        },
        source: { type: 'S3', location: `${bucket.bucketName}/${WORK}/none.zip`, buildSpec: BUILDSPEC },
        secondarySources: [
          { type: 'S3', sourceIdentifier: 'toolset', location: `${bucket.bucketName}/${this.toolsetKey}` },
        ],
        // What is worth keeping is in the reports; what a project's code prints is not for the account's logs.
        logsConfig: { cloudWatchLogs: { status: 'DISABLED' } },
        timeoutInMinutes: MINUTES,
        ...(network === undefined ? {} : { vpcConfig: network.place }),
      });
      Validations.of(project).acknowledge({
        id: 'AwsSolutions-CB4',
        reason: 'Its reports are encrypted by the bucket they are put into, like everything else there',
      });
      return project.ref;
    };
    this.projects = { tools: make('tools', nowhere), registry: make('registry', undefined) };
  }

  private ownPrefix(bucket: IBucket): Grant[] {
    const because = 'Work of a run is named by its hash; the prefix is the narrowest name there is';
    return [
      {
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [bucket.arnForObjects(`${WORK}/*`), bucket.arnForObjects(`${TOOLSET}/*`)],
        because,
      },
      { actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${WORK}/*`)], because },
    ];
  }

  /** A network whose only door leads to S3, and there to this one bucket. */
  private isolatedNetwork(bucket: IBucket) {
    const stack = Stack.of(this);
    const vpc = new CfnVPC(this, 'Network', { cidrBlock: '10.0.0.0/24' });
    Validations.of(vpc).acknowledge({
      id: 'AwsSolutions-VPC7',
      reason:
        'The network has no way out but to the one bucket; flow logs would record that builds read and wrote there',
    });
    const subnet = new CfnSubnet(this, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.0.0.0/25' });
    const routes = new CfnRouteTable(this, 'Routes', { vpcId: vpc.ref });
    new CfnSubnetRouteTableAssociation(this, 'SubnetRoutes', { subnetId: subnet.ref, routeTableId: routes.ref });
    new CfnVPCEndpoint(this, 'Door', {
      vpcId: vpc.ref,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${stack.region}.s3`,
      routeTableIds: [routes.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
            Resource: [bucket.arnForObjects(`${WORK}/*`), bucket.arnForObjects(`${TOOLSET}/*`)],
          },
        ],
      },
    });
    const group = new CfnSecurityGroup(this, 'Group', {
      vpcId: vpc.ref,
      groupDescription: 'Builds: nothing comes in, only TLS goes out, and only to S3 is there a route',
      securityGroupEgress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0' }],
    });
    const grants: Grant[] = [
      {
        actions: [
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          'ec2:DescribeDhcpOptions',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        resources: ['*'],
        because: 'CodeBuild asks the account, not a resource, when it puts a build into a network',
      },
      {
        actions: ['ec2:CreateNetworkInterfacePermission'],
        resources: [stack.formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' })],
        because: 'CodeBuild makes an interface for each build; the condition names the subnet and who may use it',
        conditions: {
          StringEquals: {
            'ec2:AuthorizedService': 'codebuild.amazonaws.com',
            'ec2:Subnet': [stack.formatArn({ service: 'ec2', resource: 'subnet', resourceName: subnet.ref })],
          },
        },
      },
    ];
    const place = { vpcId: vpc.ref, subnets: [subnet.ref], securityGroupIds: [group.attrGroupId] };
    return { place, grants };
  }
}
