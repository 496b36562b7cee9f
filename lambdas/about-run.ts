// What functions are told by the bus about a run, or by whoever asks them by name.

import type { EventBridgeEvent } from 'aws-lambda';
import { IdeaMineError } from '../core/errors.ts';

export type AboutRun = { readonly runId: string } | EventBridgeEvent<string, { readonly runId?: unknown }>;

/** @throws IdeaMineError `IdeaMine.BadMessage`. */
export function runIdOf(message: AboutRun): string {
  const runId = 'detail' in message ? message.detail.runId : message.runId;
  if (typeof runId === 'string' && runId !== '') return runId;
  throw new IdeaMineError('IdeaMine.BadMessage', `expected the id of a run, found ${typeof runId}`);
}
