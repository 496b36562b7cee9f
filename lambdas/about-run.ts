// What functions are told by the bus about a run, or by whoever asks them by name.

import type { EventBridgeEvent } from 'aws-lambda';
import { IdeaMineError } from '../core/errors.ts';

interface Named {
  readonly runId?: unknown;
  readonly phase?: unknown;
}

export type AboutRun = Named | EventBridgeEvent<string, Named>;

const named = (message: AboutRun): Named => ('detail' in message ? message.detail : message);

/** @throws IdeaMineError `IdeaMine.BadMessage`. */
export function runIdOf(message: AboutRun): string {
  const { runId } = named(message);
  if (typeof runId === 'string' && runId !== '') return runId;
  throw new IdeaMineError('IdeaMine.BadMessage', `expected the id of a run, found ${typeof runId}`);
}

/** The phase it is about; undefined when it is about the run itself. */
export function phaseOf(message: AboutRun): string | undefined {
  const { phase } = named(message);
  return typeof phase === 'string' ? phase : undefined;
}
