// The metrics that are watched: those AWS writes about what the stack is made of, and our own.

import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EMITTED, type Emitted, METRICS_NAMESPACE } from '../../core/metrics/emitted.ts';

export type Statistic = 'Sum' | 'Maximum' | 'Average';

const PERIOD = Duration.minutes(5);

const of =
  (namespace: string, ...dimensions: readonly string[]) =>
  (metricName: string, statistic: Statistic, ...values: readonly string[]): Metric =>
    new Metric({
      namespace,
      metricName,
      statistic,
      period: PERIOD,
      dimensionsMap: Object.fromEntries(dimensions.map((name, index) => [name, values[index] as string])),
    });

/** Value of the dimension: ARN of the machine. */
export const ofMachine = of('AWS/States', 'StateMachineArn');
/** Name of the function. */
export const ofFunction = of('AWS/Lambda', 'FunctionName');
/** Name of the queue. */
export const ofQueue = of('AWS/SQS', 'QueueName');
/** Name of the table. */
export const ofTable = of('AWS/DynamoDB', 'TableName');
/** Names of the table and of its index. */
export const ofIndex = of('AWS/DynamoDB', 'TableName', 'GlobalSecondaryIndexName');
/** Name of the group. */
export const ofSchedules = of('AWS/Scheduler', 'ScheduleGroup');

const ours = of(METRICS_NAMESPACE, 'service');

/** @param stage the stage's prefix */
export const ofStage = (metric: Emitted, statistic: Statistic, stage: string): Metric =>
  ours(EMITTED[metric].name, statistic, stage);
