import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openWorld } from '../../../local/world.ts';
import { codeFolder, emptyFolder } from './code-folder.ts';
import { START, testWorld } from './lambda-world.ts';

const FAILING = "let n = 0; exports.handler = async () => { n++; console.log('try ' + n); throw new Error('no'); };";

function tries(log: readonly Readonly<Record<string, unknown>>[]): [number, unknown][] {
  return log.filter(({ kind }) => kind === 'output').map(({ at, text }) => [(Number(at) - START) / 1000, text]);
}

describe('an asynchronous invocation', () => {
  it('is accepted at once, and tried three times: after one more minute, and two', async () => {
    const { world, make, log, pass } = await testWorld();
    await make('f', FAILING);
    expect(await world.call('Lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event' })).toMatchObject({
      StatusCode: 202,
    });
    await pass(3600);
    expect(tries(log)).toEqual([
      [0, 'try 1'],
      [60, 'try 2'],
      [180, 'try 3'],
    ]);
    expect(log.filter(({ kind }) => kind === 'event-dropped')).toMatchObject([{ condition: 'RetriesExhausted' }]);
  });

  it('is told to its failure destination when its tries are spent', async () => {
    const { world, make, pass } = await testWorld();
    await make('f', FAILING);
    await world.call('SQS', 'CreateQueue', { QueueName: 'lost' });
    const OnFailure = { Destination: 'arn:aws:sqs:us-east-1:000000000000:lost' };
    await world.call('Lambda', 'PutFunctionEventInvokeConfig', {
      FunctionName: 'f',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure },
    });
    await world.call('Lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: '{"a":1}' });
    await pass(1);
    const { Messages } = await world.call('SQS', 'ReceiveMessage', { QueueUrl: 'lost' });
    expect(JSON.parse(Messages[0].Body)).toMatchObject({
      requestPayload: { a: 1 },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
    });
  });

  it('survives its process', async () => {
    const file = join(emptyFolder(), 'world.sqlite');
    const options = { clock: { kind: 'virtual', start: START }, file } as const;
    const LocalPath = codeFolder(
      "exports.handler = async (e) => { console.log('got ' + e.n); await new Promise((r) => setTimeout(r, e.ms)); };",
    );
    const before = await openWorld(options);
    await before.call('Lambda', 'CreateFunction', { FunctionName: 'f', Code: { LocalPath }, Timeout: 60 });
    await before.call('Lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: '{"n":1,"ms":0}' });
    await before.run(() => false);
    await before.call('Lambda', 'Invoke', {
      FunctionName: 'f',
      InvocationType: 'Event',
      Payload: '{"n":2,"ms":30000}',
    });
    await before.run(() => false, { deadline: START + 10_000 });
    await before.close();
    const seen: unknown[] = [];
    const after = await openWorld({ ...options, onLog: ({ text }) => text && seen.push(text) });
    await after.run(() => false);
    await after.close();
    expect(seen).toEqual(['got 2']);
  });
});

describe('an invocation', () => {
  it('is refused beyond the reserved concurrency', async () => {
    const { world, make, settled } = await testWorld();
    await make('f', 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 100, 1));', {
      ReservedConcurrentExecutions: 1,
    });
    const first = world.call('Lambda', 'Invoke', { FunctionName: 'f' });
    const second = world.call('Lambda', 'Invoke', { FunctionName: 'f' });
    await expect(settled(second)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      status: 429,
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect(String((await settled(first)).Payload)).toBe('1');
    expect(String((await settled(world.call('Lambda', 'Invoke', { FunctionName: 'f' }))).Payload)).toBe('1');
  });

  it.each([
    [{ FunctionName: 'none' }, 'ResourceNotFoundException'],
    [{ FunctionName: 'f', Payload: '{' }, 'InvalidRequestContentException'],
    [{ FunctionName: 'f', Payload: JSON.stringify('x'.repeat(6 * 2 ** 20)) }, 'RequestTooLargeException'],
    [{ FunctionName: 'f', InvocationType: 'Later' }, 'InvalidParameterValueException'],
  ])('is refused when it makes no sense', async (input, name) => {
    const { world, make } = await testWorld();
    await make('f', 'exports.handler = async () => 1;');
    await expect(world.call('Lambda', 'Invoke', input)).rejects.toMatchObject({ name });
  });

  it('finds its function by name, ARN and partial ARN; answers null for nothing', async () => {
    const { invoke, make } = await testWorld();
    await make('f', 'exports.handler = async () => {};');
    for (const name of [
      'f',
      'arn:aws:lambda:us-east-1:000000000000:function:f',
      '000000000000:function:f',
      'arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST',
    ]) {
      expect((await invoke(name)).payload).toBeNull();
    }
  });

  it('sees new code and configuration after an update', async () => {
    const { world, invoke, make } = await testWorld();
    await make('f', 'exports.handler = async () => [1, process.env.A];', { Environment: { Variables: { A: 'a' } } });
    expect((await invoke('f')).payload).toEqual([1, 'a']);
    await world.call('Lambda', 'UpdateFunctionConfiguration', {
      FunctionName: 'f',
      Environment: { Variables: { A: 'b' } },
      Code: { LocalPath: codeFolder('exports.handler = async () => [2, process.env.A];') },
    });
    expect((await invoke('f')).payload).toEqual([2, 'b']);
  });

  it('ends with Runtime.ExitError when its environment is killed, and the next one starts anew', async () => {
    const faults = {
      draw: ({ operation, environment }: { operation: string; environment?: string }) =>
        environment === 'f/1' && operation === 'ListQueues' ? ({ kind: 'kill', when: 'after' } as const) : undefined,
    };
    const { invoke, make, log } = await testWorld({ faults });
    await make(
      'f',
      "const { SQS } = require('@aws-sdk/client-sqs'); let n = 0; exports.handler = async () => { n++; await new SQS({}).listQueues({}); console.log('ghost?'); return n; };",
    );
    expect((await invoke('f')).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(log.filter(({ text }) => text === 'ghost?')).toEqual([]);
    expect((await invoke('f')).payload).toBe(1);
  });
});

describe('functions', () => {
  it('are described, listed and deleted', async () => {
    const { world, make } = await testWorld();
    await make('b', 'exports.handler = async () => 1;', {
      Timeout: 9,
      MemorySize: 512,
      Role: 'arn:aws:iam::000000000000:role/r',
    });
    await make('a', 'exports.handler = async () => 1;');
    const { Functions } = await world.call('Lambda', 'ListFunctions', {});
    expect(Functions.map((f: { FunctionName: string }) => f.FunctionName)).toEqual(['a', 'b']);
    const { Configuration } = await world.call('Lambda', 'GetFunction', { FunctionName: 'b' });
    expect(Configuration).toMatchObject({
      Timeout: 9,
      MemorySize: 512,
      Role: 'arn:aws:iam::000000000000:role/r',
      State: 'Active',
    });
    await world.call('Lambda', 'DeleteFunction', { FunctionName: 'b' });
    await expect(world.call('Lambda', 'GetFunction', { FunctionName: 'b' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  it.each([
    [{ FunctionName: 'a b', Code: { LocalPath: '/' } }, 'InvalidParameterValueException'],
    [{ FunctionName: 'a', Code: { LocalPath: '/' }, Timeout: 901 }, 'InvalidParameterValueException'],
    [{ FunctionName: 'a', Code: { ZipFile: 'x' } }, 'InvalidParameterValueException'],
  ])('that cannot be are refused', async (input, name) => {
    const { world } = await testWorld();
    await expect(world.call('Lambda', 'CreateFunction', input)).rejects.toMatchObject({ name });
  });
});
