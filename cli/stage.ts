// A stage as the command sees it: the deployed names and the SDK clients to reach them, local or not.

import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Bucket } from '../store/objects.ts';
import type { Table } from '../store/table.ts';
import { UsageError } from './exit.ts';

export interface Stage {
  /** Values of the stack's outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly table: Table;
  readonly ledger: Table;
  readonly bucket: Bucket;
  /** Sealed segments and seals. */
  readonly sealed: Bucket;
  readonly states: SFNClient;
  readonly functions: LambdaClient;
  /** Epoch ms of the stage's own clock. */
  now(): number;
  /** Lets so much time of that clock pass. */
  pause(ms: number): Promise<void>;
}

export function output(outputs: Readonly<Record<string, string>>, name: string): string {
  const value = outputs[name];
  if (value === undefined) {
    throw new UsageError(
      `the stack has no output ${name}; expected one, found ${Object.keys(outputs).sort().join(', ')}`,
    );
  }
  return value;
}

/** @returns the execution's ARN. */
export async function startExecution(stage: Stage, name: string, input: object): Promise<string> {
  const started = await stage.states.send(
    new StartExecutionCommand({
      stateMachineArn: output(stage.outputs, 'RunMachineArn'),
      name,
      input: JSON.stringify(input),
    }),
  );
  return started.executionArn as string;
}

export interface ExecutionState {
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
}

export async function executionState(stage: Stage, executionArn: string): Promise<ExecutionState> {
  const { status = 'RUNNING', error, cause } = await stage.states.send(new DescribeExecutionCommand({ executionArn }));
  return { status, error, cause };
}

/** @throws UsageError when the function itself fails. */
export async function invoke(stage: Stage, functionName: string, payload: object): Promise<void> {
  const answer = await stage.functions.send(
    new InvokeCommand({ FunctionName: functionName, Payload: new TextEncoder().encode(JSON.stringify(payload)) }),
  );
  if (answer.FunctionError !== undefined) {
    throw new UsageError(`${functionName} failed: ${new TextDecoder().decode(answer.Payload)}`);
  }
}
