// Answers the tasks of a case as AWS recorded them: what a task asks is checked by the history, then the recorded answer is given.
// Cases without a recording of their tasks get the functions they declare.

import type { Operation } from '../../local/service.ts';
import { AwsError } from '../../local/service.ts';
import { docOf, type Json, jsonOf } from '../../local/states/json.ts';
import { type Reply, type TaskCall, type TaskConnector, TaskError } from '../../local/states/tasks/connector.ts';
import type { TestWorld } from '../local/states/test-world.ts';
import type { Case, LambdaMock, ReplayEntry } from './case.ts';
import { difference } from './compare.ts';

const causeText = (cause: unknown): string | null =>
  cause === undefined || cause === null ? null : typeof cause === 'string' ? cause : JSON.stringify(cause);

/** Gives the recorded answers in order, each state's own. */
export function replayConnector(recorded: Case, world: () => TestWorld, fallback: () => TaskConnector): TaskConnector {
  const used = new Set<ReplayEntry>();
  return (call) => {
    const open = recorded.mocks.replay?.filter((each) => !used.has(each) && each.state === call.stateName) ?? [];
    // Iterations side by side ask in an order of their own: the answer to the same question goes first.
    const asked = jsonOf(call.parameters);
    const entry = open.find((each) => difference(each.parameters ?? each.input, asked) === undefined) ?? open[0];
    if (!entry) return fallback()(call);
    used.add(entry);
    return answer(entry, call, world());
  };
}

function answer(entry: ReplayEntry, call: TaskCall, world: TestWorld): Reply | Promise<Reply> {
  const result = entry.answer;
  if (call.resource.pattern === 'requestResponse' || entry.submitted === undefined) {
    if (result === null || result.timedOut) return new Promise(() => {});
    if (result.error !== undefined || result.cause !== undefined)
      throw new TaskError(result.error ?? null, causeText(result.cause));
    return { output: docOf(result.output as Json) };
  }
  const output = docOf(entry.submitted as Json);
  if (result === null || result.timedOut) return { output };
  if (call.resource.pattern === 'waitForTaskToken') {
    world.later(() => callBack(world, call.token, result));
    return { output };
  }
  if (result.error !== undefined || result.cause !== undefined) {
    const later = Promise.reject(new TaskError(result.error ?? null, causeText(result.cause)));
    later.catch(() => {});
    return { output, later };
  }
  return { output, later: Promise.resolve({ output: docOf(result.output as Json) }) };
}

function callBack(world: TestWorld, taskToken: string, result: NonNullable<ReplayEntry['answer']>): void {
  if ('output' in result) {
    world.call('SendTaskSuccess', { taskToken, output: JSON.stringify(result.output) });
    return;
  }
  const error = result.error === undefined ? {} : { error: result.error };
  const cause = causeText(result.cause);
  world.call('SendTaskFailure', { taskToken, ...error, ...(cause === null ? {} : { cause }) });
}

/** Services a case declares: its functions and its buckets. */
export function declaredServices(recorded: Case): Record<string, Record<string, Operation>> {
  const lambdas = recorded.mocks.lambda ?? {};
  const buckets = recorded.mocks.s3 ?? {};
  return {
    Lambda: {
      Invoke: (input: { FunctionName: string; Payload: Uint8Array }) => {
        const name = input.FunctionName.slice(input.FunctionName.lastIndexOf(':') + 1);
        const mock = lambdas[name];
        if (!mock) throw new AwsError('ResourceNotFoundException', `Function not found: ${input.FunctionName}`, 404);
        return invoke(mock, Buffer.from(input.Payload).toString('utf8'));
      },
    },
    S3: {
      ListObjectsV2: (input: { Bucket: string; Prefix?: string }) => {
        const keys = Object.entries(buckets[input.Bucket] ?? {}).filter(([key]) => key.startsWith(input.Prefix ?? ''));
        return {
          Contents: keys
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([Key, body]) => ({
              Key,
              ETag: '"e"',
              LastModified: new Date(0),
              Size: Buffer.byteLength(body),
              StorageClass: 'STANDARD',
            })),
        };
      },
      GetObject: (input: { Bucket: string; Key: string }) => {
        const body = buckets[input.Bucket]?.[input.Key];
        if (body === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
        return { Body: body };
      },
    },
  };
}

function invoke(mock: LambdaMock, payload: string): unknown {
  switch (mock.kind) {
    case 'identity':
      return { StatusCode: 200, Payload: payload };
    case 'constant':
      return { StatusCode: 200, Payload: JSON.stringify(mock.value ?? literal(mock.source)) };
    case 'python-fstring':
      return { StatusCode: 200, Payload: JSON.stringify(formatted(mock.source, JSON.parse(payload))) };
    case 'large':
      return { StatusCode: 200, Payload: JSON.stringify('x'.repeat(mock.bytes ?? 0)) };
    case 'sleep':
      return new Promise(() => {});
    default: {
      // A function that returns bytes gives them as they are.
      const bytes = /return b'([^']*)'/.exec(mock.source ?? '')?.[1];
      if (bytes !== undefined) return { StatusCode: 200, Payload: bytes };
      const line = mock.source?.split('\n').findIndex((each) => each.trim().startsWith('raise')) ?? 0;
      const code = mock.source?.split('\n')[line]?.trim() ?? '';
      const error = {
        errorMessage: mock.errorMessage,
        errorType: mock.errorType,
        requestId: '00000000-0000-4000-8000-000000000000',
        stackTrace: [`  File "/var/task/handler.py", line ${line + 1}, in handler\n    ${code}\n`],
      };
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify(error) };
    }
  }
}

/** The literal a Python function returns, where it is one of JSON's too. */
function literal(source = ''): unknown {
  const text = /return\s+(.+?)\s*$/m.exec(source)?.[1] ?? 'null';
  try {
    return JSON.parse(
      text
        .replaceAll("'", '"')
        .replace(/\bNone\b/g, 'null')
        .replace(/\bTrue\b/g, 'true')
        .replace(/\bFalse\b/g, 'false'),
    );
  } catch {
    return text;
  }
}

/** A Python f-string of members of the event. */
function formatted(source = '', event: Record<string, unknown> = {}): string {
  const text = /return\s+f(["'])(.*)\1/m.exec(source)?.[2] ?? '';
  return text.replace(/\{event\[["'](\w+)["']\]\}/g, (_, key: string) => String(event[key]));
}
