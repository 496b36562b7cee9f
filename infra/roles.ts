// Roles whose every statement is written down: nothing CDK would add on its own gets in. Actions never hold a wildcard;
// a resource that must, says why, and that reason acknowledges this one finding on this one policy.

import { Stack, Validations } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { Construct } from 'constructs';

export interface Grant {
  /** Such as `dynamodb:GetItem`; no wildcards. */
  readonly actions: readonly string[];
  /** ARNs; values may be tokens. */
  readonly resources: readonly string[];
  /** Why a resource holds a `*`. Must be there exactly if one does. */
  readonly because?: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** @throws RangeError when a grant's actions hold a wildcard, or its resources do without a reason. */
export function roleOf(scope: Construct, id: string, service: string, grants: readonly Grant[]): IRole {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal(service) });
  // Inside the role, so that whatever depends on the role waits for its policy too.
  const policy = new Policy(role, 'Policy', { roles: [role] });
  for (const grant of grants) {
    checkActions(id, grant);
    policy.addStatements(statementOf(grant));
    acknowledgeWildcards(policy, id, grant);
  }
  return role.withoutPolicyUpdates();
}

function statementOf(grant: Grant): PolicyStatement {
  const statement = new PolicyStatement({ actions: [...grant.actions], resources: [...grant.resources] });
  if (grant.conditions !== undefined) statement.addConditions(grant.conditions);
  return statement;
}

function checkActions(role: string, grant: Grant): void {
  const wild = grant.actions.find((action) => action.includes('*'));
  if (wild !== undefined) throw new RangeError(`role ${role}: expected actions by name, found ${wild}`);
}

function acknowledgeWildcards(policy: Policy, role: string, grant: Grant): void {
  const wild = new Set(
    grant.resources
      .map((resource) => flattenCfnReference(Stack.of(policy).resolve(resource)))
      .filter((resource) => resource.includes('*')),
  );
  if (wild.size > 0 !== (grant.because !== undefined)) {
    throw new RangeError(`role ${role}: expected a reason for wildcards and only for them, found ${[...wild]}`);
  }
  for (const resource of wild) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${resource}]`,
      reason: grant.because as string,
    });
  }
}

/** What X-Ray's actions need; AWS lets none of them be limited to a resource. */
export const TRACING: Grant = {
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
  because: 'X-Ray has no resource to name for writing segments',
};
