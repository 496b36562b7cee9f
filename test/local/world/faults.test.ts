import { describe, expect, it } from '@jest/globals';
import type { CallDescription, Fault } from '../../../local/faults.ts';
import { AwsError } from '../../../local/service.ts';
import { START, testWorld } from '../lambda/lambda-world.ts';

const THROTTLE: Fault = { kind: 'before', error: new AwsError('ThrottlingException', 'Rate exceeded', 400) };

/** Draws the faults in order, one for each SendMessage. */
async function withFaults(...faults: readonly (Fault | undefined)[]) {
  const drawn: CallDescription[] = [];
  const draw = (call: CallDescription): Fault | undefined => {
    if (call.operation !== 'SendMessage') return undefined;
    drawn.push(call);
    return faults[drawn.length - 1];
  };
  const test = await testWorld({ faults: { draw } });
  const { world, settled } = test;
  await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
  const send = () => settled(world.call('SQS', 'SendMessage', { QueueUrl: 'q', MessageBody: 'a' }));
  const sdkSend = (config: object = {}) => {
    const { SQSClient, SendMessageCommand } = world.sdk('@aws-sdk/client-sqs');
    return settled<{ $metadata: object }>(
      new SQSClient(config).send(new SendMessageCommand({ QueueUrl: 'q', MessageBody: 'a' })),
    );
  };
  const arrived = async () => {
    const { Attributes } = await world.call('SQS', 'GetQueueAttributes', { QueueUrl: 'q', AttributeNames: ['All'] });
    return Number(Attributes.ApproximateNumberOfMessages);
  };
  return { ...test, send, sdkSend, arrived, drawn, now: () => world.fabric.clock.now() - START };
}

describe('a fault', () => {
  it('before the call: the service is not reached', async () => {
    const { send, arrived } = await withFaults(THROTTLE);
    await expect(send()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(await arrived()).toBe(0);
  });

  it('after the call: the service did it, the caller does not know', async () => {
    const { send, arrived } = await withFaults({ kind: 'after', error: new AwsError('InternalError', 'oops', 500) });
    await expect(send()).rejects.toMatchObject({ name: 'InternalError' });
    expect(await arrived()).toBe(1);
  });

  it('of a lost reply: the service did it, the caller learns late that it knows nothing', async () => {
    const { send, arrived, now } = await withFaults({ kind: 'lost-reply', afterMs: 5000 });
    await expect(send()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect([await arrived(), now()]).toEqual([1, 5000]);
  });

  it('of a duplicate: the service does it twice', async () => {
    const { send, arrived } = await withFaults({ kind: 'duplicate' });
    expect(await send()).toMatchObject({ MessageId: expect.any(String) });
    expect(await arrived()).toBe(2);
  });

  it('of a delay: the service is reached later', async () => {
    const { send, arrived, now } = await withFaults({ kind: 'delay', ms: 700 });
    await send();
    expect([await arrived(), now()]).toEqual([1, 700]);
  });

  it.each(['before', 'after'] as const)(
    'that kills %s the call ends the environment and does what was done',
    async (when) => {
      const { make, invoke, arrived, drawn } = await withFaults({ kind: 'kill', when });
      await make(
        'f',
        "const { SQS } = require('@aws-sdk/client-sqs'); exports.handler = async () => { await new SQS({}).sendMessage({ QueueUrl: 'q', MessageBody: 'a' }); return 'alive'; };",
      );
      expect((await invoke('f')).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
      expect(drawn).toMatchObject([{ service: 'SQS', environment: 'f/1', at: START }]);
      expect(await arrived()).toBe(when === 'after' ? 1 : 0);
      expect((await invoke('f')).payload).toBe('alive');
    },
  );

  it('that kills lets no further call of that environment through, though its code may run on for a moment', async () => {
    const { make, invoke, arrived, drawn } = await withFaults({ kind: 'kill', when: 'before' });
    await make(
      'f',
      `const { SQS } = require('@aws-sdk/client-sqs');
       const send = () => new SQS({}).sendMessage({ QueueUrl: 'q', MessageBody: 'a' });
       exports.handler = async () => { send(); for (let i = 0; i < 5; i++) await null; await send(); };`,
    );
    expect((await invoke('f')).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect([drawn.length, await arrived()]).toEqual([1, 0]);
  });

  it('is drawn with the number of the call, so that a seed can decide', async () => {
    const { send, drawn } = await withFaults();
    await send();
    await send();
    expect(drawn.map(({ sequence }) => sequence)).toEqual([2, 3]);
  });
});

describe('the SDK on a world', () => {
  it('tries a throttled call again, on the world’s clock, and says how often', async () => {
    const { sdkSend, arrived, now } = await withFaults(THROTTLE, THROTTLE);
    const { $metadata } = await sdkSend();
    expect($metadata).toMatchObject({ attempts: 3, totalRetryDelay: now() });
    expect(now()).toBeLessThan(1500);
    expect(await arrived()).toBe(1);
  });

  it('gives up after three attempts, or as many as it is told', async () => {
    const three = await withFaults(...Array(10).fill(THROTTLE));
    await expect(three.sdkSend()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { attempts: 3 } });
    const one = await withFaults(THROTTLE);
    await expect(one.sdkSend({ maxAttempts: 1 })).rejects.toMatchObject({ $metadata: { attempts: 1 } });
  });

  it('repeats a call whose reply was lost: it may have been done twice', async () => {
    const { sdkSend, arrived } = await withFaults({ kind: 'lost-reply', afterMs: 10 });
    await sdkSend();
    expect(await arrived()).toBe(2);
  });

  it('does not repeat what no retry mends', async () => {
    const { sdkSend, drawn } = await withFaults({
      kind: 'before',
      error: new AwsError('InvalidMessageContents', 'no'),
    });
    await expect(sdkSend()).rejects.toMatchObject({ name: 'InvalidMessageContents', $metadata: { attempts: 1 } });
    expect(drawn).toHaveLength(1);
  });

  it('follows a retry strategy of the client’s own', async () => {
    const seen: string[] = [];
    const token = (count: number) => ({
      getRetryCount: () => count,
      getRetryDelay: () => count * 1000,
      getRetryCost: () => undefined,
    });
    const retryStrategy = {
      acquireInitialRetryToken: async () => token(0),
      refreshRetryTokenForRetry: async (before: { getRetryCount(): number }, { errorType }: { errorType: string }) => {
        seen.push(errorType);
        return token(before.getRetryCount() + 1);
      },
      recordSuccess: () => seen.push('success'),
    };
    const { sdkSend, now } = await withFaults(
      THROTTLE,
      { kind: 'after', error: new AwsError('InternalError', '', 500) },
      THROTTLE,
    );
    expect(await sdkSend({ retryStrategy })).toMatchObject({ $metadata: { attempts: 4, totalRetryDelay: 6000 } });
    expect([now(), seen]).toEqual([6000, ['THROTTLING', 'TRANSIENT', 'THROTTLING', 'success']]);
  });

  it('stays silent when its environment died between two attempts', async () => {
    const { make, invoke, world, arrived } = await withFaults(THROTTLE);
    const retryStrategy = `{ acquireInitialRetryToken: async () => ({}), refreshRetryTokenForRetry: async () => ({ getRetryDelay: () => 10000, getRetryCount: () => 1 }), recordSuccess() {} }`;
    await make(
      'f',
      `const { SQS } = require('@aws-sdk/client-sqs'); exports.handler = () => new SQS({ retryStrategy: ${retryStrategy} }).sendMessage({ QueueUrl: 'q', MessageBody: 'a' });`,
    );
    expect((await invoke('f')).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await world.run(() => false);
    expect(await arrived()).toBe(0);
  });
});
