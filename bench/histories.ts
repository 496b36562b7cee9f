// How long the histories of a stage's executions are, children of distributed Maps included.

import { GetExecutionHistoryCommand, ListExecutionsCommand, ListMapRunsCommand } from '@aws-sdk/client-sfn';
import type { LocalStage } from '../cli/local-stage.ts';

export interface Histories {
  readonly executions: number;
  /** Of all executions together. */
  readonly events: number;
  readonly longest: { readonly execution: string; readonly events: number };
}

const MACHINES = ['Run', 'Phase', 'Attempt', 'Round', 'Task'] as const;

export async function historiesOf(stage: LocalStage): Promise<Histories> {
  let executions = 0;
  let events = 0;
  let longest = { execution: '', events: 0 };
  for await (const execution of everyExecution(stage)) {
    const length = await lengthOf(stage, execution);
    executions += 1;
    events += length;
    if (length > longest.events) longest = { execution, events: length };
  }
  return { executions, events, longest };
}

async function* everyExecution(stage: LocalStage): AsyncGenerator<string> {
  for (const machine of MACHINES) {
    for await (const execution of list(stage, { stateMachineArn: stage.outputs[`${machine}MachineArn`] })) {
      yield execution;
      if (machine !== 'Round') continue;
      const { mapRuns = [] } = await stage.states.send(new ListMapRunsCommand({ executionArn: execution }));
      for (const { mapRunArn } of mapRuns) yield* list(stage, { mapRunArn });
    }
  }
}

async function* list(
  stage: LocalStage,
  of: { readonly stateMachineArn?: string | undefined; readonly mapRunArn?: string | undefined },
): AsyncGenerator<string> {
  let nextToken: string | undefined;
  do {
    const page = await stage.states.send(new ListExecutionsCommand({ ...of, nextToken, maxResults: 1_000 }));
    for (const { executionArn } of page.executions ?? []) yield executionArn as string;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** Events are numbered from 1 without gaps. */
async function lengthOf(stage: LocalStage, executionArn: string): Promise<number> {
  const last = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 });
  return (await stage.states.send(last)).events?.[0]?.id ?? 0;
}
