// Decides requests by an assembly's policies as IAM does within one account: a Deny anywhere wins, else an Allow of the
// role's or of the resource's policy that names the role is needed. Remembers which grants were used.

import type { Assembly } from '../assembly.ts';
import type { ConditionContext } from './conditions.ts';
import { matches, matchesArn } from './pattern.ts';
import { readPolicies } from './policies.ts';
import { concerns, type Request, type Statement } from './statement.ts';

type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'explicit deny' | 'no allow'; readonly message: string };

/** One action pattern on one resource pattern of one Allow statement. */
export interface Grant {
  readonly role: string;
  readonly source: string;
  readonly sid: string | undefined;
  readonly action: string;
  readonly resource: string;
  /** False for services that are not simulated (logs, tracing): no test can ever use such a grant. */
  readonly observable: boolean;
}

export interface PolicyCheck {
  /**
   * @param principal role ARN
   * @param resource ARN, '*' for actions without one, undefined when it cannot be known
   * @param context values of condition keys by lower-case name
   * @param session last part of the assumed role's ARN in messages
   */
  check(
    principal: string,
    action: string,
    resource: string | undefined,
    context?: ConditionContext,
    session?: string,
  ): Decision;
  /** Grants of roles that no allowed request has needed so far. */
  unused(): Grant[];
}

const SIMULATED = /^(dynamodb|s3|sqs|lambda|states|events|scheduler|iam|kms):/i;
/** Decisions kept; keys of objects make many of them. */
const MAX_DECIDED = 50_000;
/** The rule by which Step Functions itself learns of the end of nested executions; no one calls for it here. */
const SERVICE_OWN = /StepFunctionsGetEvents\w*Rule$/;

export function createPolicyCheck(assembly: Assembly): PolicyCheck {
  const policies = readPolicies(assembly);
  const used = new Set<string>();
  /** Where a statement has conditions, each request is decided by itself. */
  const decided = new Map<string, Decision | 'by its context'>();

  const statementsFor = (principal: string, resource: string | undefined): readonly Statement[] => {
    const own = policies.ofRole.get(principal) ?? [];
    const theirs = resource === undefined ? undefined : policies.ofResource.get(owner(resource));
    return theirs === undefined ? own : [...own, ...theirs];
  };

  const decide = (request: Request, session: string): Decision => {
    const statements = statementsFor(request.principal, request.resource).filter((one) => concerns(one, request));
    const denied = statements.find((statement) => statement.effect === 'Deny');
    if (denied !== undefined) return denial(request, session, denied);
    const allows = statements.filter((statement) => statement.effect === 'Allow');
    if (allows.length === 0) return denial(request, session, undefined);
    for (const statement of allows) for (const use of usesOf(statement, request)) used.add(use);
    return { allowed: true };
  };

  return {
    check(principal, action, resource, context = () => undefined, session = 'local') {
      const key = `${principal} ${action} ${resource} ${session}`;
      const known = decided.get(key);
      if (known !== undefined && known !== 'by its context') return known;
      const decision = decide({ principal, action, resource, context }, session);
      if (known !== undefined) return decision;
      if (decided.size >= MAX_DECIDED) decided.clear();
      const conditional = statementsFor(principal, resource).some((one) => one.conditions !== undefined);
      decided.set(key, conditional ? 'by its context' : decision);
      return decision;
    },
    unused: () =>
      [...policies.ofRole].flatMap(([role, statements]) =>
        statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => grantsOf(role, statement, used)),
      ),
  };
}

/** The resource whose policy speaks about an ARN: a bucket for its objects, a table for its indexes. */
function owner(arn: string): string {
  return arn.replace(/^(arn:[^:]*:s3:::[^/]*)\/.*$/, '$1').replace(/(:table\/[^/]*)\/.*$/, '$1');
}

function useKey(role: string, statement: Statement, action: string, resource: string): string {
  return JSON.stringify([role, statement.source, statement.sid, action, resource]);
}

function usesOf(statement: Statement, { principal, action, resource }: Request): string[] {
  const actions = statement.notActions
    ? statement.actions
    : statement.actions.filter((one) => matches(one, action, true));
  const resources =
    resource === undefined || statement.notResources
      ? statement.resources
      : statement.resources.filter((one) => matchesArn(one, resource) || one.includes('${'));
  return actions.flatMap((one) => resources.map((other) => useKey(principal, statement, one, other)));
}

function grantsOf(role: string, statement: Statement, used: ReadonlySet<string>): Grant[] {
  const { source, sid } = statement;
  return statement.actions.flatMap((action) =>
    statement.resources
      .filter((resource) => !used.has(useKey(role, statement, action, resource)))
      .map((resource) => ({
        role,
        source,
        sid,
        action,
        resource,
        observable: SIMULATED.test(action) && !SERVICE_OWN.test(resource),
      })),
  );
}

function denial({ principal, action, resource }: Request, session: string, by: Statement | undefined): Decision {
  const assumed = principal.replace(
    /^arn:([^:]*):iam:([^:]*):([^:]*):role\/(?:.*\/)?([^/]+)$/,
    'arn:$1:sts:$2:$3:assumed-role/$4',
  );
  const kind = by?.principals === undefined ? 'identity-based' : 'resource-based';
  const because =
    by === undefined
      ? `because no identity-based policy allows the ${action} action`
      : `with an explicit deny in ${kind === 'identity-based' ? 'an' : 'a'} ${kind} policy`;
  return {
    allowed: false,
    reason: by === undefined ? 'no allow' : 'explicit deny',
    message: `User: ${assumed}/${session} is not authorized to perform: ${action} on resource: ${resource ?? '*'} ${because}`,
  };
}
