// The work queues, as the worker needs them: it puts its own message back when its time is over.

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { WorkMessage } from '../messages.ts';
import { throttlingOnly } from './throttling-only.ts';

export interface Queues {
  send(workerClass: 'models' | 'tools', message: WorkMessage): Promise<void>;
}

export function createQueues(urls: { readonly models: string; readonly tools: string }): Queues {
  const client = new SQSClient({ retryStrategy: throttlingOnly });
  return {
    async send(workerClass, message) {
      await client.send(new SendMessageCommand({ QueueUrl: urls[workerClass], MessageBody: JSON.stringify(message) }));
    },
  };
}
