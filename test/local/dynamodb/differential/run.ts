// Sends the same random operations to the service and to an oracle over loopback, and compares every answer.

import * as client from '@aws-sdk/client-dynamodb';
import { createDynamoDB } from '../../../../local/dynamodb/dynamodb.ts';
import { canonicalNumber } from '../../../../local/dynamodb/number.ts';
import { testFabric } from '../../fabric.ts';
import { createTableInput, Generator, type Limits, type RandomOperation, SHAPES } from './generator.ts';

export type Answer = { readonly error?: string; readonly message?: string; readonly output?: unknown };

export interface Difference {
  readonly at: number;
  readonly operation: string;
  readonly input: unknown;
  readonly ours: Answer;
  readonly theirs: Answer;
}

export interface Comparison {
  readonly differences: Difference[];
  /** Operations that succeeded, so that a test can see that not everything was an error. */
  readonly succeeded: number;
  readonly operations: number;
}

export interface Oracle {
  readonly endpoint: string;
  readonly limits: Limits;
  /** Whether two errors of the same name may differ in text. */
  sameMessage(ours: string, theirs: string): boolean;
  /** What the oracle is known to answer differently, with the reason in the code. */
  excused?(operation: RandomOperation, ours: Answer, theirs: Answer): boolean;
}

export async function compare(oracle: Oracle, seed: number, count: number): Promise<Comparison> {
  const remote = new client.DynamoDBClient({
    endpoint: oracle.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const { operations } = createDynamoDB(testFabric());
  const ask = (operation: string, input: object): Answer => {
    try {
      return { output: tidy(operations[operation]?.(structuredClone(input), {})) };
    } catch (error) {
      return failure(error);
    }
  };
  const askOracle = async (operation: string, input: object): Promise<Answer> => {
    const Command = (client as unknown as Record<string, new (input: object) => never>)[`${operation}Command`];
    if (Command === undefined) throw new Error(`no command ${operation}`);
    try {
      const { $metadata: _, ...output } = (await remote.send(new Command(input))) as unknown as { $metadata: unknown };
      return { output: tidy(output) };
    } catch (error) {
      return failure(error);
    }
  };
  try {
    for (const shape of SHAPES) {
      await askOracle('DeleteTable', { TableName: shape.name });
      ask('CreateTable', createTableInput(shape));
      const made = await askOracle('CreateTable', createTableInput(shape));
      if (made.error !== undefined) throw new Error(`the oracle refuses table ${shape.name}: ${made.message}`);
    }
    return await exchange(oracle, new Generator(seed, oracle.limits), count, ask, askOracle);
  } finally {
    remote.destroy();
  }
}

async function exchange(
  oracle: Oracle,
  generator: Generator,
  count: number,
  ask: (operation: string, input: object) => Answer,
  askOracle: (operation: string, input: object) => Promise<Answer>,
): Promise<Comparison> {
  const differences: Difference[] = [];
  let succeeded = 0;
  let follow: RandomOperation | undefined;
  for (let at = 0; at < count; at += 1) {
    const request: RandomOperation = follow ?? generator.next();
    follow = undefined;
    const theirs = await askOracle(request.operation, request.input);
    const ours = ask(request.operation, request.input);
    if (ours.error === undefined) succeeded += 1;
    const ExclusiveStartKey = (theirs.output as { LastEvaluatedKey?: object } | undefined)?.LastEvaluatedKey;
    if (ExclusiveStartKey !== undefined) follow = { ...request, input: { ...request.input, ExclusiveStartKey } };
    if (same(oracle, request, ours, theirs) || oracle.excused?.(request, ours, theirs) === true) continue;
    differences.push({ at, operation: request.operation, input: request.input, ours, theirs });
    if (differences.length >= 10) break;
  }
  return { differences, succeeded, operations: count };
}

function same(oracle: Oracle, { unordered }: RandomOperation, ours: Answer, theirs: Answer): boolean {
  if (ours.error !== undefined || theirs.error !== undefined)
    return ours.error === theirs.error && oracle.sameMessage(ours.message ?? '', theirs.message ?? '');
  const order = unordered === true;
  return canonical(ours.output, order) === canonical(theirs.output, order);
}

function failure(error: unknown): Answer {
  const { name, message, CancellationReasons, Item } = error as Error & {
    CancellationReasons?: unknown;
    Item?: unknown;
  };
  const details =
    CancellationReasons === undefined && Item === undefined
      ? ''
      : ` ${canonical({ CancellationReasons, Item }, false)}`;
  return { error: name, message: message + details };
}

/** Leaves out what may be empty on one side and absent on the other. */
function tidy(output: unknown): unknown {
  const {
    UnprocessedItems: _,
    UnprocessedKeys: __,
    Attributes,
    ...rest
  } = output as Record<string, object | undefined>;
  return Attributes === undefined || Object.keys(Attributes).length === 0 ? rest : { ...rest, Attributes };
}

/** Text with sorted members; sets, and unordered lists of items, in one order. */
export function canonical(value: unknown, unordered: boolean, member = ''): string {
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) {
    const texts = value.map((element) => canonical(element, unordered, member === 'NS' ? 'N' : ''));
    const isSet = ['SS', 'NS', 'BS'].includes(member);
    return `[${(isSet || (unordered && member !== 'L') ? texts.sort() : texts).join(',')}]`;
  }
  if (member === 'N' && typeof value === 'string') return JSON.stringify(canonicalNumber(value));
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one, unordered, name)}`);
  return `{${members.join(',')}}`;
}

/** Messages of which AWS may give any when a request has several mistakes. */
const ONE_OF_SEVERAL =
  /^Invalid \w+Expression|Index Key|in the update expression|refers to an attribute that does not exist|Invalid attribute value|item keys contains duplicates/;

export function bothNameOneOfSeveral(ours: Answer, theirs: Answer): boolean {
  return [ours, theirs].every(
    ({ error, message }) => error === 'ValidationException' && ONE_OF_SEVERAL.test(`${message}`),
  );
}

export function describeDifferences(differences: readonly Difference[]): string {
  return differences
    .map(({ at, operation, input, ours, theirs }) =>
      [`#${at} ${operation} ${canonical(input, false)}`, `  ours   ${show(ours)}`, `  theirs ${show(theirs)}`].join(
        '\n',
      ),
    )
    .join('\n');
}

function show({ error, message, output }: Answer): string {
  return error === undefined ? canonical(output, false) : `${error}: ${message}`;
}
