// Who asks for a close: the run machine's last state, or EventBridge when an execution ended otherwise.

import { IdeaMineError } from '../../core/errors.ts';
import { runIdOfExecution } from '../run-id.ts';
import { safeCause } from '../worker/cause.ts';
import type { Ending } from './close.ts';

export interface FinishedMessage {
  readonly runId: string;
  readonly executionArn: string;
  readonly cause: 'finished';
}

/** The parts used of a Step Functions status change event. */
export interface StatusChange {
  readonly 'detail-type': string;
  readonly detail: {
    readonly executionArn: string;
    readonly name: string;
    readonly status: string;
    /** JSON text; absent when it is too large for the event. */
    readonly input?: string | null;
    readonly error?: string | null;
    readonly cause?: string | null;
  };
}

/** @throws IdeaMineError `IdeaMine.BadMessage`. */
export function endingOf(message: FinishedMessage | StatusChange): Ending {
  if ('runId' in message) return { runId: message.runId, executionArn: message.executionArn };
  if (!('detail' in message))
    throw new IdeaMineError('IdeaMine.BadMessage', 'neither a finished run nor a status change');
  const { detail } = message;
  const why = [detail.error, detail.cause].filter((text): text is string => typeof text === 'string' && text !== '');
  return {
    runId: runIdOfExecution(detail.name, parse(detail.input)),
    executionArn: detail.executionArn,
    stoppedBy: `the execution was ${WORDS[detail.status] ?? detail.status}${why.length > 0 ? `: ${safeCause(why.join(': '))}` : ''}`,
  };
}

const WORDS: Readonly<Record<string, string>> = { ABORTED: 'stopped', TIMED_OUT: 'timed out', FAILED: 'broken off' };

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch (error) {
    throw new IdeaMineError('IdeaMine.BadMessage', "the execution's input is not JSON", { cause: error });
  }
}
