// Alarms on the work itself, by metrics of our own: silence, standing still, open tokens, spend, and the objective.

import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmSpec } from './alarm.ts';
import { ofStage } from './watched.ts';

/** The objective: of a hundred tasks ninety-nine are done. Rings when that many times the allowed share is given up. */
const ALLOWED_PERCENT = 1;
const BURNS = {
  /** Two percent of a month's allowance in an hour. */
  fast: { hours: 1, times: 14.4 },
  /** Five percent of it in six hours. */
  slow: { hours: 6, times: 6 },
} as const;

/** The sweep takes a silent claim after five minutes at most and comes every minute: by then something else is wrong. */
const SILENT_SECONDS = 10 * 60;
/** A long task reports nothing between two checkpoints; nothing lawful is quiet for so long. */
const QUIET_SECONDS = 6 * 3600;
/** Workers hold twenty at once and people are asked by the dozen. */
const MANY_TOKENS = 200;

export interface WorkAlarmsProps {
  /** Stage's prefix. */
  readonly prefix: string;
  /** USD per hour above which somebody should look. */
  readonly spendUsdPerHour: number;
}

export function workAlarms({ prefix, spendUsdPerHour }: WorkAlarmsProps): AlarmSpec[] {
  return [
    {
      kind: 'heartbeat-age',
      says: `A task is held by a worker that has not been heard of for ${SILENT_SECONDS / 60} minutes, and the sweep has not taken it.`,
      metric: ofStage('heartbeatAge', 'Maximum', prefix),
      above: SILENT_SECONDS,
    },
    {
      kind: 'progress-age',
      says: `A run is open and nothing has happened in it for ${QUIET_SECONDS / 3600} hours, though it waits for nobody.`,
      metric: ofStage('progressAge', 'Maximum', prefix),
      above: QUIET_SECONDS,
    },
    {
      kind: 'open-tokens',
      says: `More than ${MANY_TOKENS} task tokens are out: more than workers can hold and people are likely to be asked for.`,
      metric: ofStage('openTokens', 'Maximum', prefix),
      above: MANY_TOKENS,
      periods: 3,
    },
    {
      kind: 'spend-rate',
      says: `Tasks that ended within the last hour have cost more than ${spendUsdPerHour} USD.`,
      metric: new MathExpression({
        expression: 'spend / 1000000',
        usingMetrics: { spend: ofStage('spend', 'Sum', prefix) },
        label: 'USD in an hour',
        period: Duration.hours(1),
      }),
      above: spendUsdPerHour,
    },
    ...(['fast', 'slow'] as const).map((speed) => burn(prefix, speed)),
  ];
}

function burn(prefix: string, speed: keyof typeof BURNS): AlarmSpec {
  const { hours, times } = BURNS[speed];
  return {
    kind: `slo-${speed}-burn`,
    says: `More than ${times * ALLOWED_PERCENT} % of the tasks of ${hours === 1 ? 'the last hour' : `the last ${hours} hours`} were given up; the objective allows ${ALLOWED_PERCENT} %.`,
    metric: new MathExpression({
      // One lost task among a few is no trend.
      expression: 'IF(FILL(lost, 0) > 1, 100 * lost / (lost + FILL(done, 0)), 0)',
      usingMetrics: {
        lost: ofStage('tasksSetAside', 'Sum', prefix),
        done: ofStage('tasksCommitted', 'Sum', prefix),
      },
      label: 'percent of tasks given up',
      period: Duration.hours(hours),
    }),
    above: times * ALLOWED_PERCENT,
  };
}
