// Nested executions: what a `.sync` task hears when its execution ends.

import { textOf } from '../json.ts';
import type { ExecutionRecord, Status } from './execution.ts';

export interface NestedEnd {
  readonly status: Status;
  /** DescribeExecution's answer with Java SDK names, as optimized integrations give it. */
  readonly description: Record<string, unknown>;
}

export function describeForParent(execution: ExecutionRecord): NestedEnd {
  const { facts } = execution;
  const { failure } = execution;
  const description: Record<string, unknown> = {
    ...(failure?.cause == null ? {} : { Cause: failure.cause }),
    ...(failure?.error == null ? {} : { Error: failure.error }),
    ExecutionArn: facts.arn,
    Input: textOf(execution.input),
    InputDetails: { Included: true },
    Name: facts.name,
    ...(execution.output ? { Output: textOf(execution.output), OutputDetails: { Included: true } } : {}),
    ...(execution.redriveCount > 0 ? { RedriveCount: execution.redriveCount } : {}),
    StartDate: facts.startedAt,
    StateMachineArn: facts.machineArn,
    Status: execution.status,
    StopDate: execution.stoppedAt,
  };
  return { status: execution.status, description };
}
