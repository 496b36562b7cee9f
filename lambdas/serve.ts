// The skeleton of every handler: the logger with run, phase and task as keys, one line when it is done, and the funnel
// that turns whatever was thrown into an error whose name Step Functions can match. Payloads and tokens are not logged.

import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { withoutSecrets } from '../core/secrets.ts';
import { asIdeaMineError } from './faults.ts';

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** Everything a message may say about what it concerns. */
interface Concerns {
  readonly runId?: string;
  readonly phase?: string;
  readonly task?: string;
  readonly state?: Concerns;
}

export type Work<Message, Result> = (message: Message, log: Log, context: Context) => Promise<Result>;

export function serve<Message, Result>(service: string, work: Work<Message, Result>) {
  const root = new Logger({ serviceName: `ideamine-${service}` });
  return async (message: Message, context: Context): Promise<Result> => {
    const log = logFor(root, message as Concerns);
    try {
      return await work(message, log, context);
    } catch (thrown) {
      const error = asIdeaMineError(thrown);
      log.error(withoutSecrets(error.message), { code: error.code, retryable: error.retryable });
      throw error;
    }
  };
}

/** A logger for one piece of work, with what it concerns as keys. */
export function logFor(log: Log, concerns: Concerns): Log {
  const keys = keysOf(concerns);
  // A child costs more than most messages take to handle.
  if (Object.keys(keys).length === 0) return log;
  const child = (log as Logger).createChild();
  child.appendKeys(keys);
  return child;
}

function keysOf(message: Concerns): Record<string, string> {
  const { runId, phase, task } = message.state ?? message;
  return Object.fromEntries(
    Object.entries({ run: runId, phase, task }).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
