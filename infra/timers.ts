// Where runs put their schedules: a group of the stage's own, and the role the scheduler calls functions with.
// The schedules themselves are made and deleted by functions while runs need them.

import { RemovalPolicy } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Names } from './names.ts';
import { roleOf } from './roles.ts';

export class Timers extends Construct {
  readonly group: ScheduleGroup;
  readonly role: IRole;

  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: names.prefix,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = roleOf(this, 'Role', 'scheduler.amazonaws.com', [
      { actions: ['lambda:InvokeFunction'], resources: [names.functionArn('sweep'), names.functionArn('timer')] },
    ]);
  }
}
