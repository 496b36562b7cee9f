// Activity tasks on offer: first scheduled, first taken; workers that poll wait in line.

import type { Engine } from './engine.ts';
import type { Execution, Strand } from './execution.ts';

export interface Offer {
  readonly execution: Execution;
  readonly strand: Strand;
}

export interface Poll {
  take(offer: Offer): void;
}

/** Tasks and polls per activity, in memory; tasks are found again in the store after a restart. */
export class Offers {
  readonly tasks = new Map<string, Offer[]>();
  readonly polls = new Map<string, Poll[]>();

  /** The next task of the activity that is still wanted. */
  next(arn: string): Offer | undefined {
    const list = this.tasks.get(arn) ?? [];
    for (let offer = list.shift(); offer; offer = list.shift()) {
      const { execution, strand } = offer;
      if (execution.status === 'RUNNING' && !strand.gone && strand.task?.phase === 'scheduled') return offer;
    }
    return undefined;
  }

  add(arn: string, offer: Offer): void {
    const poll = this.polls.get(arn)?.shift();
    if (poll) poll.take(offer);
    else if (this.tasks.has(arn)) this.tasks.get(arn)?.push(offer);
    else this.tasks.set(arn, [offer]);
  }

  wait(arn: string, poll: Poll): void {
    const list = this.polls.get(arn);
    if (list) list.push(poll);
    else this.polls.set(arn, [poll]);
  }

  leave(arn: string, poll: Poll): void {
    const list = this.polls.get(arn);
    const at = list?.indexOf(poll) ?? -1;
    if (list && at >= 0) list.splice(at, 1);
  }
}

export function offerActivity(engine: Engine, arn: string, execution: Execution, strand: Strand): void {
  engine.offers.add(arn, { execution, strand });
}
