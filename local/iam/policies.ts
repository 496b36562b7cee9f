// The policies of an assembly: what each role may do, and what resources say of their own callers.

import type { Assembly, AssemblyResource } from '../assembly.ts';
import { managedPolicy } from './managed-policies.ts';
import { type Statement, statementsOf } from './statement.ts';

export interface Policies {
  /** Statements of a role by its ARN. */
  readonly ofRole: ReadonlyMap<string, readonly Statement[]>;
  /** Statements of a resource's own policy by the resource's ARN. */
  readonly ofResource: ReadonlyMap<string, readonly Statement[]>;
}

interface NamedDocument {
  readonly PolicyDocument?: unknown;
}

interface Attached extends NamedDocument {
  readonly Roles?: readonly string[];
  readonly RoleName?: string;
}

/** @throws Error naming what cannot be read: a permissions boundary, a managed policy that is not known here */
export function readPolicies(assembly: Assembly): Policies {
  const resources = [...assembly.resources.values()];
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const ofRole = new Map<string, Statement[]>();
  const byName = new Map<string, Statement[]>();
  const managed = new Map(
    ofType('AWS::IAM::ManagedPolicy').map((policy) => [
      policy.ref,
      statementsOf(policy.logicalId, policy.properties.PolicyDocument),
    ]),
  );
  for (const role of ofType('AWS::IAM::Role')) {
    if (role.properties.PermissionsBoundary !== undefined)
      throw new Error(`${role.logicalId}: permissions boundaries are not offered here`);
    const statements = ownStatements(role, managed);
    ofRole.set(role.arn as string, statements);
    byName.set(role.ref, statements);
  }
  for (const policy of [
    ...ofType('AWS::IAM::Policy'),
    ...ofType('AWS::IAM::RolePolicy'),
    ...ofType('AWS::IAM::ManagedPolicy'),
  ]) {
    const { Roles, RoleName, PolicyDocument } = policy.properties as Attached;
    const statements = managed.get(policy.ref) ?? statementsOf(policy.logicalId, PolicyDocument);
    for (const name of [...(Roles ?? []), ...(RoleName === undefined ? [] : [RoleName])]) {
      const role = byName.get(name);
      if (role === undefined) throw new Error(`${policy.logicalId}: no role ${name} in the assembly`);
      role.push(...statements);
    }
  }
  return { ofRole, ofResource: resourcePolicies(resources) };
}

function ownStatements(role: AssemblyResource, managed: ReadonlyMap<string, Statement[]>): Statement[] {
  const { Policies = [], ManagedPolicyArns = [] } = role.properties as {
    Policies?: NamedDocument[];
    ManagedPolicyArns?: string[];
  };
  return [
    ...Policies.flatMap((policy) => statementsOf(role.logicalId, policy.PolicyDocument)),
    ...ManagedPolicyArns.flatMap((arn) => managed.get(arn) ?? managedPolicy(role.logicalId, arn)),
  ];
}

function resourcePolicies(resources: readonly AssemblyResource[]): Map<string, Statement[]> {
  const found = new Map<string, Statement[]>();
  const add = (arn: string | undefined, source: string, document: unknown): void => {
    if (arn === undefined || document === undefined) return;
    found.set(arn, [...(found.get(arn) ?? []), ...statementsOf(source, document)]);
  };
  const arnOfRef = new Map(resources.map((resource) => [resource.ref, resource.arn]));
  for (const { type, logicalId, arn, properties } of resources) {
    const given = properties as {
      Bucket?: string;
      Queues?: string[];
      PolicyDocument?: unknown;
      ResourcePolicy?: NamedDocument;
    };
    if (type === 'AWS::S3::BucketPolicy') add(arnOfRef.get(given.Bucket as string), logicalId, given.PolicyDocument);
    if (type === 'AWS::SQS::QueuePolicy')
      for (const queue of given.Queues ?? []) add(arnOfRef.get(queue), logicalId, given.PolicyDocument);
    if (type === 'AWS::DynamoDB::Table') add(arn, logicalId, given.ResourcePolicy?.PolicyDocument);
    if (type === 'AWS::DynamoDB::GlobalTable') {
      const replicas = (properties as { Replicas?: Array<{ ResourcePolicy?: NamedDocument }> }).Replicas ?? [];
      for (const replica of replicas) add(arn, logicalId, replica.ResourcePolicy?.PolicyDocument);
    }
  }
  return found;
}
