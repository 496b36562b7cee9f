// CloudFormation's intrinsic functions over a scope that knows references, attributes, conditions and mappings.

/** What AWS::NoValue resolves to; the member or element holding it disappears. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

export interface Scope {
  readonly region: string;
  value(value: unknown): unknown;
  reference(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, key: string, member: string): unknown;
}

type Call = (scope: Scope, argument: unknown) => unknown;

const functions: Readonly<Record<string, Call>> = {
  Ref: (scope, name) => scope.reference(String(name)),
  Condition: (scope, name) => scope.condition(String(name)),
  'Fn::GetAtt': (scope, argument) => {
    const [logicalId, ...rest] = Array.isArray(argument) ? argument.map((part) => scope.value(part)) : split(argument);
    return scope.attribute(String(logicalId), rest.join('.'));
  },
  'Fn::Join': (scope, argument) => {
    const [separator, parts] = list(argument, 'Fn::Join');
    return list(scope.value(parts), 'Fn::Join').join(String(separator));
  },
  'Fn::Sub': (scope, argument) => {
    const [text, own] = Array.isArray(argument) ? argument : [argument];
    const variables = (own ?? {}) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (name in variables) return String(scope.value(variables[name]));
      const [logicalId, ...rest] = split(name);
      return String(rest.length === 0 ? scope.reference(name) : scope.attribute(String(logicalId), rest.join('.')));
    });
  },
  'Fn::Select': (scope, argument) => {
    const [index, from] = list(scope.value(argument), 'Fn::Select');
    const values = list(from, 'Fn::Select');
    const value = values[Number(index)];
    if (value === undefined) throw new Error(`Fn::Select has no element ${index} in ${JSON.stringify(values)}`);
    return value;
  },
  'Fn::Split': (scope, argument) => {
    const [separator, text] = list(scope.value(argument), 'Fn::Split');
    return String(text).split(String(separator));
  },
  'Fn::FindInMap': (scope, argument) => {
    const [map, key, member, options] = list(scope.value(argument), 'Fn::FindInMap');
    const found = scope.mapping(String(map), String(key), String(member));
    if (found !== undefined) return scope.value(found);
    const fallback = (options as { DefaultValue?: unknown } | undefined)?.DefaultValue;
    if (fallback === undefined) throw new Error(`Fn::FindInMap has no ${map}.${key}.${member}`);
    return fallback;
  },
  'Fn::If': (scope, argument) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return scope.value(scope.condition(String(name)) ? yes : no);
  },
  'Fn::Equals': (scope, argument) => {
    const [a, b] = list(scope.value(argument), 'Fn::Equals');
    return JSON.stringify(a) === JSON.stringify(b);
  },
  'Fn::Not': (scope, argument) => list(scope.value(argument), 'Fn::Not')[0] !== true,
  'Fn::And': (scope, argument) => list(scope.value(argument), 'Fn::And').every((part) => part === true),
  'Fn::Or': (scope, argument) => list(scope.value(argument), 'Fn::Or').some((part) => part === true),
  'Fn::Base64': (scope, argument) => Buffer.from(String(scope.value(argument))).toString('base64'),
  'Fn::ToJsonString': (scope, argument) => JSON.stringify(scope.value(argument)),
  'Fn::Length': (scope, argument) => list(scope.value(argument), 'Fn::Length').length,
  'Fn::GetAZs': (scope, argument) => {
    const region = scope.value(argument);
    return ['a', 'b', 'c'].map((zone) => `${region === '' ? scope.region : region}${zone}`);
  },
};

export function isFunction(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::') || name === 'Condition';
}

/** @throws Error naming a function that is not offered */
export function callFunction(scope: Scope, name: string, argument: unknown): unknown {
  // A policy statement's member is named Condition too; only a condition's name makes it the intrinsic.
  if (name === 'Condition' && typeof argument !== 'string') return { Condition: scope.value(argument) };
  const call = functions[name];
  if (call === undefined) throw new Error(`${name} is not offered here`);
  return call(scope, argument);
}

function split(text: unknown): string[] {
  return String(text).split('.');
}

function list(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${name}: expected a list, found ${JSON.stringify(value)}`);
}
