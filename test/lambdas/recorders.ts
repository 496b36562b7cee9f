// Recorders in the place of what handlers call beside the store: they keep what was said, in order.

import type { Schedules } from '../../lambdas/clients/scheduler.ts';
import type { Executions, Heard, Tokens } from '../../lambdas/clients/sfn.ts';
import type { Log } from '../../lambdas/serve.ts';

export interface RecordedTokens extends Tokens {
  readonly said: string[];
}

export function recordTokens(answer: Exclude<Heard, 'busy'> = 'heard'): RecordedTokens {
  const said: string[] = [];
  const say = async (text: string) => {
    said.push(text);
    return answer;
  };
  return {
    said,
    beat: (token) => say(`beat ${token}`),
    succeed: (token) => say(`succeed ${token}`),
    fail: (token, error) => say(`fail ${token} ${error}`),
  };
}

export interface RecordedSchedules extends Schedules {
  /** By name: when it fires, or its rate. */
  readonly kept: Map<string, string>;
}

export function recordSchedules(): RecordedSchedules {
  const kept = new Map<string, string>();
  return {
    kept,
    async once(name, at) {
      kept.set(name, at);
    },
    async recurring(name, rate) {
      kept.set(name, rate);
    },
    async remove(name) {
      kept.delete(name);
    },
  };
}

export function recordExecutions(): Executions & { readonly stopped: string[] } {
  const stopped: string[] = [];
  return {
    stopped,
    async stop(executionArn, error) {
      stopped.push(`${executionArn} ${error}`);
    },
  };
}

export const quietLog = { info() {}, warn() {}, error() {} } as unknown as Log;
