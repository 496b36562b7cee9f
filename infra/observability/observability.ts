// The dashboard and the alarms of a stage: a part of the stack that context may leave out.

import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmOf } from './alarm.ts';
import { dashboardOf } from './dashboard.ts';
import { serviceAlarms } from './service-alarms.ts';
import type { Watched } from './things.ts';
import { workAlarms } from './work-alarms.ts';

export interface ObservabilityProps {
  readonly watched: Watched;
  /** ARN of the SNS topic that is told of every alarm. @default - alarms show on the dashboard alone */
  readonly alarmTopic?: string;
  /** Folder or address the runbooks stand under. @default 'docs/runbook' */
  readonly runbooks?: string;
  /** USD that ended tasks may have cost within an hour before it is an alarm. @default 40 - one run at its usual ceiling, and some */
  readonly spendUsdPerHour?: number;
}

export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { watched, alarmTopic, runbooks = 'docs/runbook', spendUsdPerHour = 40 } = props;
    const actions = alarmTopic === undefined ? [] : [new SnsAction(Topic.fromTopicArn(this, 'Topic', alarmTopic))];
    const setting = { prefix: watched.prefix, runbooks, actions };
    const specs = [...serviceAlarms(watched), ...workAlarms({ prefix: watched.prefix, spendUsdPerHour })];
    const alarms = specs.map((spec) => alarmOf(this, spec, setting));
    dashboardOf(this, 'Dashboard', watched, alarms);
  }
}
