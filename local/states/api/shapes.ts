// The shapes of the API's inputs: what the wire's serializer refuses before an operation sees it, and what must be there.

import { AwsError, type Operation } from '../../service.ts';
import { isObject } from '../json.ts';
import { validation } from './errors.ts';

type Kind = 'string' | 'number' | 'boolean' | 'list' | 'structure';

const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  string: [
    'activityArn',
    'aliasName',
    'cause',
    'context',
    'definition',
    'description',
    'error',
    'executionArn',
    'includedData',
    'input',
    'inspectionLevel',
    'mapRunArn',
    'name',
    'nextToken',
    'output',
    'redriveFilter',
    'resourceArn',
    'revisionId',
    'roleArn',
    'severity',
    'stateMachineAliasArn',
    'stateMachineArn',
    'stateMachineVersionArn',
    'stateName',
    'statusFilter',
    'taskToken',
    'traceHeader',
    'type',
    'variables',
    'versionDescription',
    'workerName',
    'clientToken',
  ],
  number: ['maxResults', 'maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage'],
  boolean: ['publish', 'reverseOrder', 'includeExecutionData', 'revealSecrets'],
  list: ['tags', 'tagKeys', 'routingConfiguration'],
  structure: ['loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration', 'mock', 'stateConfiguration'],
};

const KIND_OF = new Map(Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [name, kind as Kind])));

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  CreateActivity: ['name'],
  CreateStateMachine: ['name', 'definition', 'roleArn'],
  CreateStateMachineAlias: ['name', 'routingConfiguration'],
  DeleteActivity: ['activityArn'],
  DeleteStateMachine: ['stateMachineArn'],
  DeleteStateMachineAlias: ['stateMachineAliasArn'],
  DeleteStateMachineVersion: ['stateMachineVersionArn'],
  DescribeActivity: ['activityArn'],
  DescribeExecution: ['executionArn'],
  DescribeMapRun: ['mapRunArn'],
  DescribeStateMachine: ['stateMachineArn'],
  DescribeStateMachineAlias: ['stateMachineAliasArn'],
  DescribeStateMachineForExecution: ['executionArn'],
  GetActivityTask: ['activityArn'],
  GetExecutionHistory: ['executionArn'],
  ListMapRuns: ['executionArn'],
  ListStateMachineAliases: ['stateMachineArn'],
  ListStateMachineVersions: ['stateMachineArn'],
  ListTagsForResource: ['resourceArn'],
  PublishStateMachineVersion: ['stateMachineArn'],
  RedriveExecution: ['executionArn'],
  SendTaskFailure: ['taskToken'],
  SendTaskHeartbeat: ['taskToken'],
  SendTaskSuccess: ['taskToken', 'output'],
  StartExecution: ['stateMachineArn'],
  StartSyncExecution: ['stateMachineArn'],
  StopExecution: ['executionArn'],
  TagResource: ['resourceArn', 'tags'],
  TestState: ['definition'],
  UntagResource: ['resourceArn', 'tagKeys'],
  UpdateMapRun: ['mapRunArn'],
  UpdateStateMachine: ['stateMachineArn'],
  UpdateStateMachineAlias: ['stateMachineAliasArn'],
  ValidateStateMachineDefinition: ['definition'],
};

const ENUMS: Readonly<Record<string, readonly string[]>> = {
  type: ['STANDARD', 'EXPRESS'],
  statusFilter: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'],
  inspectionLevel: ['INFO', 'DEBUG', 'TRACE'],
  includedData: ['ALL_DATA', 'METADATA_ONLY'],
  severity: ['ERROR', 'WARNING'],
};

function isKind(value: unknown, kind: Kind): boolean {
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'structure') return isObject(value);
  return typeof value === kind;
}

/** Members of structures within, by the member that holds them. */
const INNER: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  tags: { key: 'string', value: 'string' },
  routingConfiguration: { stateMachineVersionArn: 'string', weight: 'number' },
  loggingConfiguration: { level: 'string', includeExecutionData: 'boolean', destinations: 'list' },
  mock: { result: 'string', errorOutput: 'structure', fieldValidationMode: 'string' },
  stateConfiguration: {
    retrierRetryCount: 'number',
    mapIterationFailureCount: 'number',
    errorCausedByState: 'string',
    mapItemReaderData: 'string',
  },
};

function serialization(member: string): AwsError {
  return new AwsError('SerializationException', `Unexpected value for '${member}'`);
}

function checkInner(member: string, value: unknown): void {
  const kinds = INNER[member];
  if (!kinds) return;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (!isObject(item)) throw serialization(member);
    for (const [name, inner] of Object.entries(item)) {
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      if (kind && inner !== null && inner !== undefined && !isKind(inner, kind))
        throw serialization(`${member}.${name}`);
    }
  }
}

function check(operation: string, input: Record<string, unknown>): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    const kind = KIND_OF.get(member);
    if (kind && !isKind(value, kind)) throw serialization(member);
    if (member === 'tagKeys' && (value as unknown[]).some((key) => typeof key !== 'string'))
      throw serialization(member);
    checkInner(member, value);
    clean[member] = value;
  }
  for (const member of REQUIRED[operation] ?? []) {
    if (clean[member] === undefined) {
      throw validation(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      );
    }
  }
  for (const [member, values] of Object.entries(ENUMS)) {
    const value = clean[member];
    if (value !== undefined && !values.includes(String(value))) {
      throw validation(
        `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
      );
    }
  }
  return clean;
}

/** The operations with their inputs checked. @throws SerializationException, ValidationException */
export function shaped(operations: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, run]): [string, Operation] => [
      name,
      (input, context) => run(check(name, (input ?? {}) as Record<string, unknown>), context),
    ]),
  );
}
