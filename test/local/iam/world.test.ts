// Policies in a whole world: what a role may not do there fails as on AWS.

import { expect, it } from '@jest/globals';
import { openWorld, type World } from '../../../local/world.ts';
import { START } from '../fabric.ts';
import { ACCOUNT, arn, assemblyWith, REGION, ROLE, type StatementGiven } from './assembly.ts';

const QUEUE_URL = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/q`;

async function withWorld(statements: readonly StatementGiven[], work: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld({ assembly: assemblyWith(statements), clock: { kind: 'virtual', start: START } });
  try {
    await work(world);
  } finally {
    await world.close();
  }
}

/** Token of a callback task of a machine of this name, started now. */
async function tokenOf(world: World, name: string): Promise<string> {
  const call = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Parameters: { QueueUrl: QUEUE_URL, MessageBody: { 'token.$': '$$.Task.Token' } },
    TimeoutSeconds: 60,
    End: true,
  };
  const definition = JSON.stringify({ StartAt: 'Call', States: { Call: call } });
  const { stateMachineArn } = await world.call('SFN', 'CreateStateMachine', { name, definition, roleArn: ROLE });
  await world.call('SFN', 'StartExecution', { stateMachineArn, input: '{}' });
  const { Messages } = await world.call('SQS', 'ReceiveMessage', { QueueUrl: QUEUE_URL });
  return (JSON.parse(Messages[0].Body) as { token: string }).token;
}

it('answers a task token only for a machine the role may answer', async () => {
  const statements = [
    { Action: 'sqs:SendMessage', Resource: arn('sqs', 'q') },
    { Action: 'states:SendTaskSuccess', Resource: arn('states', 'stateMachine:mine') },
  ];
  await withWorld(statements, async (world) => {
    await world.call('SQS', 'CreateQueue', { QueueName: 'q' });
    const [mine, other] = [await tokenOf(world, 'mine'), await tokenOf(world, 'other')];
    const answer = (taskToken: string) =>
      world.call('SFN', 'SendTaskSuccess', { taskToken, output: '{}' }, { principal: ROLE });
    await expect(answer(other)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`states:SendTaskSuccess on resource: ${arn('states', 'stateMachine:other')}`),
    });
    await expect(answer(mine)).resolves.toEqual({});
  });
});

it('says 403, not 404, of a missing object to who may not list the bucket', async () => {
  const read = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::box/*' };
  const list = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::box' };
  const missing = async (world: World) => {
    await world.call('S3', 'CreateBucket', { Bucket: 'box' });
    return world.call('S3', 'GetObject', { Bucket: 'box', Key: 'none' }, { principal: ROLE });
  };
  await withWorld([read], async (world) => {
    await expect(missing(world)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
  await withWorld([read, list], async (world) => {
    await expect(missing(world)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
