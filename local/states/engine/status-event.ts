// EventBridge events "Step Functions Execution Status Change", in the shape AWS documents.

import { textOf } from '../json.ts';
import type { Engine } from './engine.ts';
import type { Execution } from './execution.ts';

const MAX_DETAIL_BYTES = 262_144 - 16_384;

export function notifyStatus(engine: Engine, execution: Execution): void {
  const { facts } = execution;
  const input = textOf(execution.input);
  const output = execution.output ? textOf(execution.output) : null;
  const whole = input.length + (output?.length ?? 0) < MAX_DETAIL_BYTES / 4;
  const detail = {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    status: execution.status,
    startDate: facts.startedAt,
    stopDate: execution.stoppedAt ?? null,
    input: whole ? input : null,
    output: whole ? output : null,
    stateMachineVersionArn: facts.versionArn ?? null,
    stateMachineAliasArn: facts.aliasArn ?? null,
    redriveCount: execution.redriveCount,
    redriveDate: execution.redrivenAt ?? null,
    redriveStatus: execution.status === 'RUNNING' || execution.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    redriveStatusReason:
      execution.status === 'RUNNING'
        ? 'Execution is RUNNING and cannot be redriven'
        : execution.status === 'SUCCEEDED'
          ? 'Execution is SUCCEEDED and cannot be redriven'
          : null,
    inputDetails: { included: whole },
    outputDetails: output === null ? null : { included: whole },
    error: execution.failure?.error ?? null,
    cause: execution.failure?.cause ?? null,
  };
  const entry = {
    Source: 'aws.states',
    DetailType: 'Step Functions Execution Status Change',
    Time: new Date(engine.now()),
    Resources: [facts.arn],
    Detail: JSON.stringify(detail),
  };
  engine.publish(entry);
}
