// A message nobody could work on: its execution is told, and the ledger says so. The supervisor decides what follows.

import { taskPath } from '../../store/keys.ts';
import { type Outbox, outboxItem } from '../../store/outbox.ts';
import { type Table, transact } from '../../store/table.ts';
import type { Tokens } from '../clients/sfn.ts';
import type { WorkMessage } from '../messages.ts';
import type { Log } from '../serve.ts';
import { TOOL } from '../version.ts';

export interface DlqDeps {
  readonly table: Table;
  readonly tokens: Tokens;
  readonly now: () => string;
}

const UNDELIVERABLE = 'IdeaMine.Undeliverable';

export async function deadLetter(deps: DlqDeps, body: string, messageId: string, log: Log): Promise<void> {
  const message = readable(body);
  if (message?.token === undefined) {
    log.error('a dead letter holds no task token: there is nobody to tell', { messageId });
    return;
  }
  const cause = 'the message of the task could not be processed and went to the dead-letter queue';
  const heard = await deps.tokens.fail(message.token, UNDELIVERABLE, cause);
  if (message.runId !== undefined && message.phase !== undefined && message.task !== undefined) {
    await transact(deps.table, [
      outboxItem(deps.table, message.runId, entryOf(message as WorkMessage, messageId, deps.now())),
    ]);
  }
  log.warn('told the execution of a dead letter', { messageId, heard });
}

/** Whatever of it can be read: a letter of another contract version still has its token. */
function readable(body: string): Partial<WorkMessage> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Partial<WorkMessage>) : undefined;
  } catch {
    return undefined;
  }
}

function entryOf(message: WorkMessage, messageId: string, at: string): Outbox {
  const task = taskPath(message);
  return {
    id: `dead-letter.${messageId}`,
    at,
    entries: [
      {
        kind: 'task',
        who: 'dlq',
        tool: TOOL,
        inputs: [],
        body: { task, outcome: 'undeliverable', try: message.try, messageId },
      },
    ],
    events: [{ type: 'phase.error', phase: message.phase, task, detail: { code: UNDELIVERABLE, messageId } }],
  };
}
