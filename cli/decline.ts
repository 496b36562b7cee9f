// Answers a gate that waits for a person when nobody is there to ask: a run that ends with its command rejects it, by name
// and with the reason on the ledger. On AWS the gate waits its five days.

import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';

const REASON = 'the command that runs it asks nobody; --gates enforce stops a run at a failed gate';

/** Harmless twice: a token that was answered is gone. */
export async function declineWaiting(stage: Stage, snapshot: Snapshot): Promise<void> {
  for (const phase of snapshot.phases) {
    if (phase.status !== 'waiting' || phase.approvalToken === undefined) continue;
    const answer = { decision: 'reject', by: 'ideamine run', kind: 'program', reason: REASON };
    try {
      await stage.states.send(
        new SendTaskSuccessCommand({ taskToken: phase.approvalToken, output: JSON.stringify(answer) }),
      );
    } catch (thrown) {
      if (!(thrown instanceof Error) || !['TaskTimedOut', 'TaskDoesNotExist'].includes(thrown.name)) throw thrown;
    }
  }
}
