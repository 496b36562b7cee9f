// What functions do about a run's events, told by the bus: seal its ledger, publish its dossier, keep its figures.

import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BusRule } from './bus-rule.ts';

const PHASE_ENDS = ['phase.completed', 'phase.error'];
const RUN_ENDS = ['run.completed', 'run.failed'];

export interface ReactionsProps {
  readonly bus: IEventBus;
  readonly functions: Readonly<Record<'seal' | 'publish' | 'metrics', IFunction>>;
  /** Whether a dossier's PDF and proof are made when its run is closed. */
  readonly publishing: boolean;
}

export class Reactions extends Construct {
  constructor(scope: Construct, id: string, { bus, functions, publishing }: ReactionsProps) {
    super(scope, id);
    new BusRule(this, 'Seal', {
      bus,
      description: 'Seals the ledger of a run at the end of each phase and of the run',
      events: [...PHASE_ENDS, ...RUN_ENDS, 'run.published'],
      tell: functions.seal,
    });
    new BusRule(this, 'Metrics', {
      bus,
      description: 'Keeps the figures of a phase or a run that has ended',
      events: [...PHASE_ENDS, ...RUN_ENDS],
      tell: functions.metrics,
    });
    if (!publishing) return;
    new BusRule(this, 'Publish', {
      bus,
      description: 'Makes the PDF and the proof of a dossier when its run is closed',
      events: RUN_ENDS,
      tell: functions.publish,
    });
  }
}
