// SQS, Step Functions' task tokens, Scheduler and EventBridge: late, twice, out of order, unheard, never.

import type { CallDescription } from '../../local/faults.ts';
import { AwsError } from '../../local/service.ts';
import { type FaultKind, type InnerCall, isWorker, minutes } from './kind.ts';

const signals = (call: CallDescription): boolean => call.service === 'SFN' && /^SendTask/.test(call.operation);
const sends = ({ service, operation }: InnerCall): boolean => service === 'SQS' && operation === 'SendMessage';
const receives = ({ service, operation }: InnerCall): boolean => service === 'SQS' && operation === 'ReceiveMessage';
const fires = ({ service, principal = '' }: InnerCall): boolean => service === 'Lambda' && principal.includes('Timers');

const delayed = (call: InnerCall, DelaySeconds: number) =>
  ({ kind: 'rewrite', input: { ...call.input, DelaySeconds } }) as const;

export const messageFaults: readonly FaultKind[] = [
  { id: 'sqs-duplicate', at: 'inside', most: 20, matches: sends, harm: () => ({ kind: 'duplicate' }) },
  {
    id: 'sqs-delayed',
    at: 'inside',
    most: 20,
    matches: sends,
    harm: (draw, call) => delayed(call, Math.round(60 + draw('delay') * 840)),
  },
  {
    id: 'sqs-reordered',
    at: 'inside',
    most: 20,
    matches: sends,
    harm: (draw, call) => delayed(call, Math.round(1 + draw('delay') * 20)),
  },
  {
    id: 'sqs-lost-reply',
    at: 'inside',
    most: 20,
    matches: sends,
    harm: () => ({ kind: 'after', error: new AwsError('AmazonSQSException', 'the reply was lost', 500) }),
  },
  {
    id: 'sqs-visibility-expired',
    at: 'inside',
    most: 25,
    matches: receives,
    harm: (draw, call) => ({
      kind: 'rewrite',
      input: { ...call.input, VisibilityTimeout: Math.round(2 + draw('visible') * 200) },
    }),
  },
  {
    id: 'sqs-continuation-lost-reply',
    at: 'call',
    most: 2,
    matches: (call) => isWorker(call) && call.service === 'SQS',
    harm: () => ({ kind: 'lost-reply', afterMs: 2000 }),
  },
  {
    id: 'signal-throttled',
    at: 'call',
    most: 40,
    matches: signals,
    harm: () => ({ kind: 'before', error: new AwsError('ThrottlingException', 'Rate exceeded', 400) }),
  },
  {
    id: 'signal-lost-reply',
    at: 'call',
    most: 40,
    matches: signals,
    harm: () => ({ kind: 'lost-reply', afterMs: 4000 }),
  },
  {
    id: 'signal-task-timed-out',
    at: 'call',
    most: 40,
    matches: signals,
    harm: () => ({ kind: 'before', error: new AwsError('TaskTimedOut', 'Task Timed Out', 400) }),
  },
  {
    id: 'nested-start-throttled',
    at: 'inside',
    most: 20,
    matches: ({ service, operation }) => service === 'SFN' && operation === 'StartExecution',
    harm: () => ({ kind: 'refuse', error: new AwsError('ThrottlingException', 'Rate exceeded', 400) }),
  },
  {
    id: 'scheduler-late',
    at: 'inside',
    most: 40,
    matches: fires,
    harm: (draw) => ({ kind: 'late', ms: minutes(draw('late'), 1, 30), reply: { StatusCode: 202 } }),
  },
  { id: 'scheduler-twice', at: 'inside', most: 40, matches: fires, harm: () => ({ kind: 'duplicate' }) },
  {
    id: 'scheduler-never',
    at: 'inside',
    most: 40,
    matches: fires,
    harm: () => ({ kind: 'late', ms: Number.POSITIVE_INFINITY, reply: { StatusCode: 202 } }),
  },
  {
    id: 'scheduler-throttled',
    at: 'call',
    most: 4,
    matches: ({ service, environment }) => service === 'Scheduler' && environment !== undefined,
    harm: () => ({ kind: 'before', error: new AwsError('ThrottlingException', 'Rate exceeded', 429) }),
  },
  {
    id: 'events-failed',
    at: 'call',
    most: 30,
    matches: ({ service, environment }) => service === 'EventBridge' && environment !== undefined,
    harm: () => ({ kind: 'before', error: new AwsError('InternalException', 'something broke', 500) }),
  },
  {
    id: 'ended-told-twice',
    at: 'inside',
    most: 1,
    matches: ({ service, operation, input, principal }) =>
      service === 'Lambda' &&
      operation === 'Invoke' &&
      principal === undefined &&
      String((input as { FunctionName?: string }).FunctionName).endsWith('-close'),
    harm: () => ({ kind: 'duplicate' }),
  },
];
