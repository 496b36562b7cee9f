// Runs the compared machines somewhere and says what each did: how it ended, with what, and which states it entered.

import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { INPUT } from './machines.ts';

export interface Observed {
  readonly status: string;
  readonly error: string | null;
  readonly output: unknown;
  /** In the order they were entered. */
  readonly states: readonly string[];
}

export interface Place {
  readonly states: SFNClient;
  readonly outputs: Readonly<Record<string, string>>;
  pause(): Promise<void>;
}

/** All of them at once, as the outputs of the stack name them. */
export async function observe({ states, outputs, pause }: Place): Promise<Record<string, Observed>> {
  const arns = new Map<string, string>();
  for (const [name, stateMachineArn] of Object.entries(outputs)) {
    const input = JSON.stringify(INPUT);
    const started = await states.send(new StartExecutionCommand({ stateMachineArn, name: 'compared', input }));
    arns.set(name, started.executionArn as string);
  }
  const seen: Record<string, Observed> = {};
  for (const [name, executionArn] of arns) {
    let found = await states.send(new DescribeExecutionCommand({ executionArn }));
    while (found.status === 'RUNNING') {
      await pause();
      found = await states.send(new DescribeExecutionCommand({ executionArn }));
    }
    const { events = [] } = await states.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    seen[name] = {
      status: found.status as string,
      error: found.error ?? null,
      output: found.output === undefined ? null : JSON.parse(found.output),
      states: events.flatMap(({ stateEnteredEventDetails: entered }) => (entered?.name ? [entered.name] : [])),
    };
  }
  return seen;
}
