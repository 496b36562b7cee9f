// What an alarm is here: a kind, which is also the name of its runbook, what it watches, and from when on it rings.

import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type IAlarm,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface AlarmSpec {
  /** Kebab-case; `docs/runbook/<kind>.md` says what to do. */
  readonly kind: string;
  /** Tells alarms of one kind apart, such as a group of functions. @default - there is one of the kind */
  readonly subject?: string;
  /** One sentence: what has happened when it rings. */
  readonly says: string;
  readonly metric: IMetric;
  /** Rings above this. @default 0 */
  readonly above?: number;
  /** Periods in a row it has to be above. @default 1 */
  readonly periods?: number;
}

export interface AlarmSetting {
  /** Stage's prefix; alarms of several stages share an account. */
  readonly prefix: string;
  /** Folder or address the runbooks stand under. */
  readonly runbooks: string;
  readonly actions: readonly IAlarmAction[];
}

export function alarmOf(scope: Construct, spec: AlarmSpec, { prefix, runbooks, actions }: AlarmSetting): IAlarm {
  const name = spec.subject === undefined ? spec.kind : `${spec.kind}-${spec.subject}`;
  const alarm = new Alarm(scope, name, {
    alarmName: `${prefix}-${name}`,
    alarmDescription: `${spec.says} What to do: ${runbooks}/${spec.kind}.md`,
    metric: spec.metric,
    threshold: spec.above ?? 0,
    evaluationPeriods: spec.periods ?? 1,
    // Nothing was counted where nothing ran.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (actions.length > 0) alarm.addAlarmAction(...actions);
  return alarm;
}

/** Metrics one alarm can watch through a formula. */
const MOST_METRICS = 10;

/** @throws RangeError when there are more than an alarm can watch. */
export function total(metrics: readonly IMetric[], label: string, period?: Duration): MathExpression {
  return formula((ids) => ids.join(' + '), metrics, label, period);
}

/** @throws RangeError when there are more than an alarm can watch. */
export function highest(metrics: readonly IMetric[], label: string, period?: Duration): MathExpression {
  return formula((ids) => `MAX([${ids.join(', ')}])`, metrics, label, period);
}

function formula(
  text: (ids: readonly string[]) => string,
  metrics: readonly IMetric[],
  label: string,
  period = Duration.minutes(5),
): MathExpression {
  if (metrics.length > MOST_METRICS) {
    throw new RangeError(`alarm on ${label}: found ${metrics.length} metrics, expected ${MOST_METRICS} at most`);
  }
  const ids = metrics.map((_, index) => `m${index}`);
  // A metric nothing was written to has no points, and a sum with it would have none either.
  return new MathExpression({
    expression: text(ids.map((id) => `FILL(${id}, 0)`)),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    label,
    period,
  });
}
