// Gates that wait for a person while their run goes on in this process. Where somebody can answer from another terminal the
// command waits and says how; where nobody can (no terminal, or one JSON object is wanted) it rejects, by name and with the
// reason on the ledger. On a deployed stage the gate waits its five days.

import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { Json } from '../core/json.ts';
import type { PhaseRow } from '../store/phases.ts';
import { answersIn, takeAnswer } from './answers.ts';
import type { Snapshot } from './snapshot.ts';
import type { Stage } from './stage.ts';

export interface Answering {
  /** Folder in which answers are left. */
  readonly dir: string;
  /** Whether the command waits for an answer. */
  readonly waits: boolean;
  /** Called once for each gate that waits. */
  readonly say?: (text: string) => void;
}

/** Waits on a terminal, and elsewhere only when told to: a program that starts the command must see its end. */
export function answeringOf(options: { readonly wait?: boolean; readonly json?: boolean }, runDir: string): Answering {
  const waits = options.wait === true || (process.stdout.isTTY === true && options.json !== true);
  const say = (text: string) => process.stderr.write(`\n${text}\n`);
  return { dir: answersIn(runDir), waits, say };
}

const REASON = 'the command that runs it asks nobody (no terminal): a failed gate ends the run under --gates enforce';

/** Gates that were announced, so that each is once. */
const announced = new WeakMap<Answering, Set<string>>();

/** @param answering undefined: nobody can answer. */
export async function settleWaiting(stage: Stage, snapshot: Snapshot, answering?: Answering): Promise<void> {
  for (const phase of snapshot.phases) {
    if (phase.status !== 'waiting' || phase.approvalToken === undefined) continue;
    const answer = answering === undefined ? undefined : takeAnswer(answering.dir, phase.phase);
    if (answer !== undefined) await send(stage, phase.approvalToken, answer);
    else if (answering?.waits) announce(answering, phase);
    else
      await send(stage, phase.approvalToken, {
        decision: 'reject',
        by: 'ideamine run',
        kind: 'program',
        reason: REASON,
      });
  }
}

function announce(answering: Answering, { runId, phase, attempt }: PhaseRow): void {
  const said = announced.get(answering) ?? new Set();
  announced.set(answering, said);
  const key = `${phase} ${attempt}`;
  if (said.has(key)) return;
  said.add(key);
  answering.say?.(
    `${phase}: its gate failed and waits for a decision, at most 5 days. From another terminal:\n` +
      `  ideamine gate explain ${runId} ${phase}    why it failed\n` +
      `  ideamine approve ${runId} ${phase}         or waive, or reject`,
  );
}

/** Harmless twice: a token that was answered is gone. */
async function send(stage: Stage, taskToken: string, answer: Json): Promise<void> {
  try {
    await stage.states.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer) }));
  } catch (thrown) {
    if (!(thrown instanceof Error) || !['TaskTimedOut', 'TaskDoesNotExist'].includes(thrown.name)) throw thrown;
  }
}
