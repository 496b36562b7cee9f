// The rule that has a dossier's files and their proof made once its run is closed.

import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { lastResort } from './queues.ts';

export interface PublishingProps {
  readonly bus: IEventBus;
  readonly publish: IFunction;
}

export class Publishing extends Construct {
  constructor(scope: Construct, id: string, { bus, publish }: PublishingProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Makes the PDF and the proof of a dossier when its run is closed',
      eventBus: bus,
      eventPattern: { source: ['ideamine'], detailType: ['run.completed', 'run.failed'] },
      targets: [new LambdaFunction(publish, { deadLetterQueue: lastResort(this, 'Undelivered') })],
    });
  }
}
