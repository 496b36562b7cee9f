// Answers to Step Functions about a task token, and what its refusals mean.

import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Transient } from '../../core/errors.ts';
import { throttlingOnly } from './throttling-only.ts';

/**
 * `gone`: nobody waits for the token any more, which is final news. `busy`: throttled; it will be heard next time.
 */
export type Heard = 'heard' | 'gone' | 'busy';

export interface Tokens {
  beat(token: string): Promise<Heard>;
  /** @throws Transient when it was not heard: say it again. */
  succeed(token: string, output: object): Promise<Exclude<Heard, 'busy'>>;
  /** `cause` is for people: short, without secrets. @throws Transient when it was not heard. */
  fail(token: string, error: string, cause: string): Promise<Exclude<Heard, 'busy'>>;
}

export interface Executions {
  /** Harmless on one that has ended. */
  stop(executionArn: string, error: string, cause: string): Promise<void>;
}

const GONE = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);
const BUSY = new Set(['ThrottlingException', 'TooManyRequestsException']);

export function createSfn(): { tokens: Tokens; executions: Executions } {
  const client = new SFNClient({ retryStrategy: throttlingOnly });
  return { tokens: tokensOf(client), executions: executionsOf(client) };
}

function tokensOf(client: SFNClient): Tokens {
  const final = async (said: Promise<Heard>): Promise<Exclude<Heard, 'busy'>> => {
    const heard = await said;
    if (heard === 'busy') throw new Transient('Step Functions throttles the answer to a task');
    return heard;
  };
  return {
    beat: (taskToken) => hear(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),
    succeed: (taskToken, output) =>
      final(hear(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })))),
    fail: (taskToken, error, cause) =>
      final(hear(() => client.send(new SendTaskFailureCommand({ taskToken, error, cause })))),
  };
}

function executionsOf(client: SFNClient): Executions {
  return {
    async stop(executionArn, error, cause) {
      try {
        await client.send(new StopExecutionCommand({ executionArn, error, cause }));
      } catch (thrown) {
        if (!(thrown instanceof Error) || thrown.name !== 'ExecutionDoesNotExist') throw thrown;
      }
    },
  };
}

async function hear(say: () => Promise<unknown>): Promise<Heard> {
  try {
    await say();
    return 'heard';
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : '';
    if (GONE.has(name)) return 'gone';
    if (BUSY.has(name)) return 'busy';
    throw thrown;
  }
}
