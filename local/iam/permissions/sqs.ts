// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html

import type { Permissions } from '../permissions.ts';

/** Batches need the permission of the single operation. */
const ACTIONS: Readonly<Record<string, string>> = {
  ChangeMessageVisibility: 'ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  CreateQueue: 'CreateQueue',
  DeleteMessage: 'DeleteMessage',
  DeleteMessageBatch: 'DeleteMessage',
  DeleteQueue: 'DeleteQueue',
  GetQueueAttributes: 'GetQueueAttributes',
  GetQueueUrl: 'GetQueueUrl',
  ListDeadLetterSourceQueues: 'ListDeadLetterSourceQueues',
  ListMessageMoveTasks: 'ListMessageMoveTasks',
  ListQueues: 'ListQueues',
  PurgeQueue: 'PurgeQueue',
  ReceiveMessage: 'ReceiveMessage',
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  SetQueueAttributes: 'SetQueueAttributes',
  StartMessageMoveTask: 'StartMessageMoveTask',
};

export const sqsPermissions: Permissions = (operation, input, { region, accountId }) => {
  const action = ACTIONS[operation];
  if (action === undefined) return undefined;
  if (operation === 'ListQueues') return [{ action: 'sqs:ListQueues', resource: '*' }];
  const name =
    input.QueueName ??
    String(input.QueueUrl ?? input.SourceArn)
      .split(/[/:]/)
      .pop();
  return [{ action: `sqs:${action}`, resource: `arn:aws:sqs:${region}:${accountId}:${name}` }];
};
