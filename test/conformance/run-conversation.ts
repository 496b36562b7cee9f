// Recorded API conversations: each call is made, references to earlier answers filled in, and each answer compared.

import { type HistoryItem, TestWorld } from '../local/states/test-world.ts';
import type { Conversation, Result, Step } from './case.ts';
import { difference } from './compare.ts';

const operationOf = (op: string) =>
  op
    .split('_')
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('');

/** Members AWS has added to answers since some of the recordings were made. */
const ADDED_SINCE = new Set([
  'encryptionConfiguration',
  'inputDetails',
  'outputDetails',
  'redriveCount',
  'redriveStatus',
  'redriveStatusReason',
  'billingDetails',
]);

function get(answers: readonly unknown[], path: string): unknown {
  const [index, ...keys] = path.split('.');
  let value: unknown = answers[Number(index)];
  for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

function fill(value: unknown, answers: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, answers));
  if (typeof value === 'string') {
    const loose = /^loose-(\d+)-(\w+)$/.exec(value);
    return loose ? get(answers, `${loose[1]}.${loose[2]}`) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  if ('$ref' in value) return get(answers, String(value.$ref));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, answers)]));
}

/** Puts the names of this run in the place of the recorder's. */
function rename(value: unknown, tokens: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    let text = value;
    for (const [token, name] of tokens) text = text.replaceAll(token, name);
    return text;
  }
  if (Array.isArray(value)) return value.map((item) => rename(item, tokens));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item, tokens)]));
}

export async function runConversation(conversation: Conversation): Promise<Result> {
  const { id, area } = conversation;
  const base = { id, area: `api: ${area}`, kind: 'conversation', cause: undefined, history: undefined, ids: undefined };
  const world = new TestWorld();
  try {
    const reason = await talk(world, conversation);
    return { ...base, outcome: reason === undefined, reason };
  } catch (cause) {
    return { ...base, outcome: false, reason: `threw ${(cause as Error).stack ?? String(cause)}` };
  } finally {
    world.close();
  }
}

async function talk(world: TestWorld, conversation: Conversation): Promise<string | undefined> {
  const answers: unknown[] = [];
  const tokens = new Map(
    Object.entries(conversation.tokens ?? {})
      .filter(([token]) => !token.startsWith('ExecArnPart'))
      .sort(([a], [b]) => b.length - a.length),
  );
  let started = 0;
  for (const step of conversation.steps) {
    world.now += 1000;
    // Time passes only where a later answer needs an execution's end; a stopped one is stopped at once.
    await world.run(
      () => false,
      conversation.steps.some(({ op }) => op === 'stop_execution') ? world.now : world.now + 86_400_000,
    );
    const { answer, failure } = await make(world, step, answers);
    answers[step.i] = answer;
    const arn = (answer as { executionArn?: string } | undefined)?.executionArn;
    if (step.op === 'start_execution' && arn) {
      const names = new Map([[`ExecArnPart_${started++}idx`, arn.slice(arn.lastIndexOf(':') + 1)], ...tokens]);
      tokens.clear();
      // The longest first, or ExecArnPart_1idx would be found in ExecArnPart_11idx.
      for (const [token, name] of [...names].sort(([a], [b]) => b.length - a.length)) tokens.set(token, name);
    }
    const wrong = compare(step, answer, failure, tokens);
    if (wrong) return `step ${step.i} ${step.op}: ${wrong}`;
  }
  return undefined;
}

async function make(
  world: TestWorld,
  step: Step,
  answers: readonly unknown[],
): Promise<{ answer?: unknown; failure?: Error }> {
  try {
    const pending = world.call(operationOf(step.op), fill(step.params, answers) as object) as unknown;
    if (!(pending instanceof Promise)) return { answer: pending };
    let settled: { answer?: unknown; failure?: Error } | undefined;
    pending.then(
      (answer) => {
        settled = { answer };
      },
      (failure) => {
        settled = { failure };
      },
    );
    await world.run(() => settled !== undefined);
    return settled ?? {};
  } catch (cause) {
    return { failure: cause as Error };
  }
}

function compare(
  step: Step,
  answer: unknown,
  failure: Error | undefined,
  tokens: ReadonlyMap<string, string>,
): string | undefined {
  if (step.mustFail || step.expectError !== undefined) {
    return failure
      ? errorDifference(rename(step.expectError, tokens), failure)
      : `expected a failure, found ${JSON.stringify(answer)}`;
  }
  if (failure) return `failed: ${failure.name}: ${failure.message}`;
  const options = { extra: ADDED_SINCE };
  for (const [path, value] of Object.entries((step.expectAt ?? {}) as object)) {
    const wrong = difference(rename(value, tokens), get([answer], `0.${path}`), path, options);
    if (wrong) return wrong;
  }
  if (step.expect !== undefined) {
    const expected = step.op === 'start_sync_execution' ? withoutTimes(step, step.expect) : step.expect;
    return difference(rename(expected, tokens), withoutTimes(step, answer), '', options);
  }
  return undefined;
}

/** Recorded events have lost their times and roles. */
function withoutTimes(step: Step, answer: unknown): unknown {
  if (step.op === 'start_sync_execution') {
    // What a run was billed for depends on the machine it ran on.
    const { billingDetails: _billing, ...rest } = answer as Record<string, unknown>;
    return rest;
  }
  if (step.op !== 'get_execution_history') return answer;
  const { events, ...rest } = answer as { events: HistoryItem[] };
  return {
    ...rest,
    events: events.map(({ timestamp: _at, ...event }) => event),
  };
}

function errorDifference(expected: unknown, failure: Error): string | undefined {
  if (expected === undefined) return undefined;
  const shown = `${failure.name}: ${failure.message}`;
  if (typeof expected === 'string') {
    if (expected.startsWith('Parameter validation failed')) return undefined;
    const found = /^An error occurred \((\w+)\) when calling the \w+ operation: ([\s\S]*)$/.exec(expected);
    if (!found) return undefined;
    return difference(found[1], failure.name, 'code') ?? difference(found[2], failure.message, `message of ${shown}`);
  }
  const { Error: error, exception_value: value, exception_typename: name } = expected as Record<string, unknown>;
  if (name === 'ParamValidationError') return undefined;
  if (typeof value === 'string') return errorDifference(value, failure);
  const { Code, Message } = error as { Code: string; Message: string };
  return difference(Code, failure.name, 'code') ?? difference(Message, failure.message, `message of ${shown}`);
}
