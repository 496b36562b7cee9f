// Resolves one CloudFormation template: parameters, conditions, intrinsic functions, references between resources.
// What it cannot resolve it refuses by name; it never leaves a half-resolved value.

import { type Identity, type IdentityContext, identify } from './identities.ts';
import { callFunction, isFunction, NO_VALUE, type Scope } from './intrinsics.ts';

export type Properties = { readonly [name: string]: unknown };

export interface Template {
  readonly Parameters?: Record<string, { Type: string; Default?: string | number }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources?: Record<string, { Type: string; Properties?: Properties; Condition?: string }>;
  readonly Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

export interface Environment {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

export class TemplateResolver implements Scope {
  readonly region: string;
  readonly #template: Template;
  readonly #environment: Environment;
  readonly #pseudo: Readonly<Record<string, unknown>>;
  readonly #identities = new Map<string, Identity>();
  readonly #conditions = new Map<string, boolean>();
  /** Names being resolved, innermost last: finding one again is a cycle. */
  readonly #open: string[] = [];

  constructor(template: Template, environment: Environment) {
    const { accountId, region, stackName } = environment;
    this.#template = template;
    this.#environment = environment;
    this.region = region;
    this.#pseudo = {
      'AWS::AccountId': accountId,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
  }

  /** Logical id and type of the resources whose condition holds, in template order. */
  *present(): Iterable<[string, string]> {
    for (const [logicalId, resource] of Object.entries(this.#template.Resources ?? {}))
      if (resource.Condition === undefined || this.condition(resource.Condition)) yield [logicalId, resource.Type];
  }

  identity(logicalId: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.#resource(logicalId);
    const identity = this.#within(logicalId, () => {
      const context: IdentityContext = {
        ...this.#environment,
        logicalId,
        type: resource.Type,
        property: (name) => this.#property(resource.Properties, name),
      };
      return identify(context);
    });
    this.#identities.set(logicalId, identity);
    return identity;
  }

  properties(logicalId: string): Properties {
    try {
      return this.value(this.#resource(logicalId).Properties ?? {}) as Properties;
    } catch (cause) {
      throw new Error(`${logicalId}: ${(cause as Error).message}`, { cause });
    }
  }

  outputs(): Record<string, string> {
    const outputs: Record<string, string> = {};
    for (const [name, output] of Object.entries(this.#template.Outputs ?? {}))
      if (output.Condition === undefined || this.condition(output.Condition))
        outputs[name] = String(this.value(output.Value));
    return outputs;
  }

  value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.value(item)).filter((item) => item !== NO_VALUE);
    if (value === null || typeof value !== 'object') return value;
    const members = Object.entries(value);
    const [only] = members;
    if (members.length === 1 && only !== undefined && isFunction(only[0])) return callFunction(this, only[0], only[1]);
    const resolved: Record<string, unknown> = {};
    for (const [name, member] of members) {
      const result = this.value(member);
      if (result !== NO_VALUE) resolved[name] = result;
    }
    return resolved;
  }

  reference(name: string): unknown {
    if (name in this.#pseudo) return this.#pseudo[name];
    const parameter = this.#template.Parameters?.[name];
    if (parameter === undefined) return this.identity(name).ref;
    const value = this.#environment.parameters?.[name] ?? parameter.Default;
    if (value === undefined) throw new Error(`parameter ${name} has no default and was not given`);
    return /^(List<|CommaDelimitedList)/.test(parameter.Type) ? String(value).split(',') : value;
  }

  attribute(logicalId: string, name: string): unknown {
    const { attributes } = this.identity(logicalId);
    const value = attributes[name];
    if (value !== undefined) return value();
    throw new Error(`unknown attribute ${name} of ${logicalId} (${this.#resource(logicalId).Type})`);
  }

  condition(name: string): boolean {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const body = this.#template.Conditions?.[name];
    if (body === undefined) throw new Error(`no condition ${name} in the template`);
    const holds = this.#within(name, () => this.value(body) === true);
    this.#conditions.set(name, holds);
    return holds;
  }

  mapping(map: string, key: string, member: string): unknown {
    return this.#template.Mappings?.[map]?.[key]?.[member];
  }

  #resource(logicalId: string): { Type: string; Properties?: Properties; Condition?: string } {
    const resource = this.#template.Resources?.[logicalId];
    if (resource === undefined) throw new Error(`no resource or parameter ${logicalId} in the template`);
    return resource;
  }

  #property(properties: Properties | undefined, name: string): unknown {
    const value = this.value(properties?.[name]);
    return value === NO_VALUE ? undefined : value;
  }

  #within<T>(name: string, work: () => T): T {
    if (this.#open.includes(name)) throw new Error(`circular reference: ${[...this.#open, name].join(' -> ')}`);
    this.#open.push(name);
    try {
      return work();
    } finally {
      this.#open.pop();
    }
  }
}
