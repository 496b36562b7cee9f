// A rule of the stage's bus: has a function told whenever something has happened in a run.

import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { lastResort } from './queues.ts';

export interface BusRuleProps {
  readonly bus: IEventBus;
  readonly description: string;
  /** Types of the events, such as `run.completed`. */
  readonly events: readonly string[];
  readonly tell: IFunction;
}

export class BusRule extends Construct {
  constructor(scope: Construct, id: string, { bus, description, events, tell }: BusRuleProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description,
      eventBus: bus,
      eventPattern: { source: ['ideamine'], detailType: [...events] },
      targets: [new LambdaFunction(tell, { deadLetterQueue: lastResort(this, 'Undelivered') })],
    });
  }
}
