// May this message be worked on? Standard queues deliver twice, a retry mints a new token, a paused worker wakes up late:
// the row says what is still wanted, and its condition settles every race.

import type { Table } from '../../store/table.ts';
import { claimTask } from '../../store/task-lease.ts';
import type { TaskRow } from '../../store/task-row.ts';
import type { Tokens } from '../clients/sfn.ts';
import type { WorkMessage } from '../messages.ts';

/**
 * `ended`: committed, failed or superseded, and perhaps nobody told Step Functions. `late`: a newer try took its place.
 * `held`: another worker is on it.
 */
export type Claimed =
  | { readonly kind: 'claimed'; readonly row: TaskRow }
  | { readonly kind: 'ended'; readonly row: TaskRow }
  | { readonly kind: 'late' | 'held' };

export interface ClaimDeps {
  readonly table: Table;
  readonly tokens: Tokens;
  readonly getTask: (message: WorkMessage) => Promise<TaskRow | undefined>;
}

const ENDED: ReadonlySet<TaskRow['status']> = new Set(['committed', 'failed', 'superseded', 'set-aside']);

/** @throws Error when there is no such task: the dead-letter queue tells its execution. */
export async function claim(deps: ClaimDeps, message: WorkMessage, owner: string, at: string): Promise<Claimed> {
  const seen = await deps.getTask(message);
  if (seen === undefined) throw new Error(`there is no task ${message.phase}/${message.task} in run ${message.runId}`);
  if (message.try < seen.try) return { kind: 'late' };
  if (ENDED.has(seen.status) && seen.try === message.try) return { kind: 'ended', row: seen };
  if (isOwn(seen, message, owner)) return { kind: 'claimed', row: seen };
  const row = await claimTask(deps.table, seen, {
    token: message.token,
    try: message.try,
    owner,
    at,
    takeOver: await isTheLivingToken(deps.tokens, seen, message),
  });
  return row === undefined ? { kind: 'held' } : { kind: 'claimed', row };
}

/** This very invocation has claimed it, and the reply was lost. */
const isOwn = (seen: TaskRow, message: WorkMessage, owner: string): boolean =>
  seen.status === 'claimed' && seen.owner === owner && seen.try === message.try && seen.token === message.token;

/** A try has one living token. A claim under another than one that is heard was made for an execution that is gone. */
async function isTheLivingToken(tokens: Tokens, seen: TaskRow, message: WorkMessage): Promise<boolean> {
  if (seen.status !== 'claimed' || seen.try !== message.try || seen.token === message.token) return false;
  return (await tokens.beat(message.token)) === 'heard';
}
