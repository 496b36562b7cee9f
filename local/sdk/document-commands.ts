// Between the plain values of @aws-sdk/lib-dynamodb's commands and DynamoDB's attribute values, following the key nodes each
// command carries: {} or [] = each value below, '*' = each member one level down, names = those members.

import { marshall, type marshallOptions, unmarshall, type unmarshallOptions } from '@aws-sdk/util-dynamodb';

export interface TranslateConfig {
  readonly marshallOptions?: marshallOptions;
  readonly unmarshallOptions?: unmarshallOptions;
}

/** A command of lib-dynamodb, as far as it is used here. */
export interface DocumentCommand {
  readonly input: object;
  readonly inputKeyNodes: KeyNodes;
  readonly outputKeyNodes: KeyNodes;
}

type KeyNodes = { readonly [name: string]: KeyNodes | null } | readonly never[];

export function isDocumentCommand(command: object): command is DocumentCommand {
  return 'inputKeyNodes' in command && 'clientCommand' in command;
}

export function marshallInput(command: DocumentCommand, config: TranslateConfig): object {
  const options = { convertTopLevelContainer: true, ...config.marshallOptions };
  return members(command.input, command.inputKeyNodes, (value) => marshall(value, options)) as object;
}

export function unmarshallOutput(command: DocumentCommand, output: object, config: TranslateConfig): object {
  const options = { convertWithoutMapWrapper: true, ...config.unmarshallOptions };
  return members(output, command.outputKeyNodes, (value) => unmarshall(value as never, options)) as object;
}

type Translate = (value: unknown) => unknown;

function walk(value: unknown, nodes: KeyNodes | null, translate: Translate): unknown {
  if (value === undefined) return undefined;
  if (nodes === null) return translate(value);
  const names = Object.keys(nodes);
  if (names.length === 0) return each(value, (member) => walk(member, null, translate));
  if (names.length === 1 && names[0] === '*') {
    const below = (nodes as Record<string, KeyNodes | null>)['*'] ?? null;
    return each(value, (member) => walk(member, below, translate));
  }
  return members(value, nodes, translate);
}

function members(value: unknown, nodes: KeyNodes, translate: Translate): unknown {
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = { ...value };
  for (const [name, below] of Object.entries(nodes)) {
    const translated = walk(copy[name], below, translate);
    if (translated !== undefined) copy[name] = translated;
  }
  return copy;
}

function each(value: unknown, map: (member: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.filter((member) => typeof member !== 'function').map(map);
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries((value ?? {}) as object)) {
    const translated = typeof member === 'function' ? undefined : map(member);
    if (translated !== undefined) copy[name] = translated;
  }
  return copy;
}
