// The rule that closes a run whose execution ended in a way it could not catch itself.

import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { lastResort } from './queues.ts';

export interface CloseRuleProps {
  readonly runMachineArn: string;
  readonly close: IFunction;
}

export class CloseRule extends Construct {
  constructor(scope: Construct, id: string, { runMachineArn, close }: CloseRuleProps) {
    super(scope, id);
    const undelivered = lastResort(this, 'Undelivered');
    new Rule(this, 'Rule', {
      description: 'Closes a run whose execution failed, timed out or was stopped',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [runMachineArn] },
      },
      targets: [new LambdaFunction(close, { deadLetterQueue: undelivered })],
    });
  }
}
