// How EventBridge and Scheduler reach what they deliver to: an ARN and a text become a call of another service.

import { AwsError, type CallContext, type Fabric } from '../service.ts';

export interface Target {
  readonly arn: string;
  /** Role the call is made with; absent: unchecked (resource policies are not modelled). */
  readonly role?: string;
  /** What is delivered: JSON, or for a queue any text. */
  readonly input: string;
  /** Makes a retried delivery recognisable where the target can tell: an execution's name. */
  readonly deliveryId: string;
}

/** SDK names of the services of universal targets (`arn:aws:scheduler:::aws-sdk:<service>:<action>`). */
const UNIVERSAL: Readonly<Record<string, string>> = {
  sfn: 'SFN',
  lambda: 'Lambda',
  sqs: 'SQS',
  dynamodb: 'DynamoDB',
  s3: 'S3',
  eventbridge: 'EventBridge',
  scheduler: 'Scheduler',
};

/** Makes the call, inside a turn. @throws AwsError of the target, or ValidationException for a target that is not offered here. */
export function deliver(fabric: Fabric, target: Target): unknown {
  const context: CallContext = target.role === undefined ? {} : { principal: target.role };
  const { service, operation, input } = requestFor(fabric, target);
  return fabric.call(service, operation, input, context);
}

/** @throws ValidationException when nothing here answers to the ARN. */
export function checkTarget(fabric: Fabric, arn: string): void {
  requestFor(fabric, { arn, input: '{}', deliveryId: '0' });
}

function requestFor(fabric: Fabric, target: Target): { service: string; operation: string; input: object } {
  const { arn, input } = target;
  const [, , service, , , ...rest] = arn.split(':');
  switch (service) {
    case 'lambda':
      return {
        service: 'Lambda',
        operation: 'Invoke',
        input: { FunctionName: arn, InvocationType: 'Event', Payload: input },
      };
    case 'states':
      return {
        service: 'SFN',
        operation: 'StartExecution',
        input: { stateMachineArn: arn, name: target.deliveryId, input },
      };
    case 'sqs': {
      const QueueUrl = `https://sqs.${fabric.region}.amazonaws.com/${fabric.accountId}/${rest.at(-1)}`;
      return { service: 'SQS', operation: 'SendMessage', input: { QueueUrl, MessageBody: input } };
    }
    case 'events': {
      const EventBusName = rest.join(':').replace(/^event-bus\//, '');
      const entry = { Source: 'scheduler', DetailType: 'Scheduled', Detail: input, EventBusName };
      return { service: 'EventBridge', operation: 'PutEvents', input: { Entries: [entry] } };
    }
    case 'scheduler': {
      const [kind, name = '', action = ''] = rest;
      const known = kind === 'aws-sdk' ? UNIVERSAL[name] : undefined;
      if (known) {
        const operation = action.charAt(0).toUpperCase() + action.slice(1);
        return { service: known, operation, input: JSON.parse(input) as object };
      }
    }
  }
  throw new AwsError('ValidationException', `the target ${arn} is not offered here`, 400);
}
