// How the command ends: 0 done, 1 the run failed, 2 bad input or a broken installation. Never a stack trace without --debug.

import { toIdeaMineError } from '../core/errors.ts';

/** The work was done as asked and its outcome is bad: a failed run, a broken ledger. Its text is already printed. */
export class RunFailed extends Error {}

/** What the user gave cannot be used; the message is the whole explanation. */
export class UsageError extends Error {}

export function exitCodeOf(thrown: unknown): 1 | 2 {
  return thrown instanceof RunFailed ? 1 : 2;
}

/** What to print for an error: one plain sentence, or everything with --debug. */
export function explain(thrown: unknown, debug: boolean): string {
  if (debug) return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  if (thrown instanceof UsageError || thrown instanceof RunFailed) return thrown.message;
  // A plain Error's message was written for people; anything else with a name of its own is a surprise.
  if (thrown instanceof Error && thrown.name === 'Error') return thrown.message;
  const error = toIdeaMineError(thrown);
  return error.code === 'IdeaMine.Unknown'
    ? `${error.message} (run again with --debug for the details)`
    : error.message;
}
