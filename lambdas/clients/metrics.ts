// Metrics of our own, as lines of the log in CloudWatch's embedded format: no call is made, so none can fail or be throttled.

import { Metrics } from '@aws-lambda-powertools/metrics';
import { EMITTED, type Emitted, METRICS_NAMESPACE } from '../../core/metrics/emitted.ts';

/** One line with all of the values, at the time of the call. */
export type Emit = (values: Readonly<Partial<Record<Emitted, number>>>) => void;

/** @param stage the stage's prefix, which stages in one account are told apart by */
export function createEmit(stage: string): Emit {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: stage });
  return (values) => {
    for (const [metric, value] of Object.entries(values)) {
      const { name, unit } = EMITTED[metric as Emitted];
      metrics.addMetric(name, unit, value);
    }
    metrics.publishStoredMetrics();
  };
}
