// Metric rows: one for each phase and each run that has ended, in a partition of their own by phase and in order of time, so that
// a question reads what it asks for and nothing else. Put again they are the same row.

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PhaseMetric, RunMetric } from '../core/metrics/stored.ts';
import type { Key } from './keys.ts';
import { collect, type Table } from './table.ts';

/** Days a metric is kept (spec §7). */
const METRICS_KEPT_DAYS = 90;

const RUN = 'METRIC#RUN';
const ofPhase = (phase: string): string => `METRIC#PHASE#${phase}`;

export const putPhaseMetric = (table: Table, metric: PhaseMetric): Promise<void> =>
  put(table, { pk: ofPhase(metric.phase), sk: `${metric.endedAt}#${metric.runId}` }, metric);

export const putRunMetric = (table: Table, metric: RunMetric): Promise<void> =>
  put(table, { pk: RUN, sk: `${metric.endedAt}#${metric.runId}` }, metric);

async function put(table: Table, key: Key, metric: PhaseMetric | RunMetric): Promise<void> {
  const expiresAt = Math.floor(Date.parse(metric.endedAt) / 1000) + METRICS_KEPT_DAYS * 86_400;
  await table.documents.send(new PutCommand({ TableName: table.name, Item: { ...key, ...metric, expiresAt } }));
}

/** Of one phase, ended at `since` or later, oldest first. */
export const phaseMetrics = (table: Table, phase: string, since: string): Promise<PhaseMetric[]> =>
  from<PhaseMetric>(table, ofPhase(phase), since);

/** Ended at `since` or later, oldest first. */
export const runMetrics = (table: Table, since: string): Promise<RunMetric[]> => from<RunMetric>(table, RUN, since);

function from<Metric>(table: Table, pk: string, since: string): Promise<Metric[]> {
  return collect<Metric>(
    table,
    {
      KeyConditionExpression: 'pk = :pk AND sk >= :since',
      ExpressionAttributeValues: { ':pk': pk, ':since': since },
    },
    {},
  );
}
