// One statement of a policy, normalised, and whether it speaks about a request.

import { type ConditionBlock, type ConditionContext, conditionsHold, substitute } from './conditions.ts';
import { matches, matchesArn } from './pattern.ts';

export interface Statement {
  /** Where it stands, for messages: logical id of the policy or role. */
  readonly source: string;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  readonly conditions: ConditionBlock | undefined;
  /** Who a statement of a resource's policy is about: ARNs and service names. Absent in identity policies. */
  readonly principals: readonly string[] | undefined;
  readonly notPrincipals: boolean;
}

export interface Request {
  readonly principal: string;
  readonly action: string;
  /** Undefined when the request's resource cannot be known: then any resource an Allow names will do. */
  readonly resource: string | undefined;
  readonly context: ConditionContext;
}

/** @throws Error naming a document that is no policy */
export function statementsOf(source: string, document: unknown): Statement[] {
  const statements = (document as { Statement?: unknown } | undefined)?.Statement;
  if (statements === undefined || statements === null) throw new Error(`${source}: expected a policy with Statement`);
  return (Array.isArray(statements) ? statements : [statements]).map((given: Record<string, unknown>) => {
    if (given.Effect !== 'Allow' && given.Effect !== 'Deny')
      throw new Error(`${source}: expected Effect Allow or Deny, found ${JSON.stringify(given.Effect)}`);
    return {
      source,
      sid: given.Sid as string | undefined,
      effect: given.Effect,
      actions: texts(given.Action ?? given.NotAction),
      notActions: given.Action === undefined,
      resources: texts(given.Resource ?? given.NotResource),
      notResources: given.Resource === undefined && given.NotResource !== undefined,
      conditions: given.Condition as ConditionBlock | undefined,
      principals: principalsOf(given.Principal ?? given.NotPrincipal),
      notPrincipals: given.Principal === undefined && given.NotPrincipal !== undefined,
    };
  });
}

function texts(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function principalsOf(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return [value];
  return Object.values(value as Record<string, unknown>).flatMap(texts);
}

export function concerns(statement: Statement, request: Request): boolean {
  return (
    concernsPrincipal(statement, request.principal) &&
    statement.actions.some((pattern) => matches(pattern, request.action, true)) !== statement.notActions &&
    concernsResource(statement, request) &&
    (statement.conditions === undefined || conditionsHold(statement.conditions, request.context))
  );
}

function concernsPrincipal({ principals, notPrincipals }: Statement, principal: string): boolean {
  if (principals === undefined) return true;
  return principals.some((one) => one === '*' || one === principal) !== notPrincipals;
}

function concernsResource({ effect, resources, notResources }: Statement, { resource, context }: Request): boolean {
  if (resource === undefined) return effect === 'Allow' || resources.includes('*');
  return resources.some((pattern) => matchesArn(substitute(pattern, context), resource)) !== notResources;
}
