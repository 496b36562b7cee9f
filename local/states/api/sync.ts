// StartSyncExecution: an express execution whose end is the answer.

import { AwsError, type Operation } from '../../service.ts';
import type { ExecutionRecord } from '../engine/execution.ts';
import { textOf } from '../json.ts';
import { requireName } from './errors.ts';
import { checkInput, start } from './executions.ts';
import type { Host } from './host.ts';
import { targetOf } from './target.ts';

export function syncOperations(host: Host): Record<string, Operation> {
  return {
    StartSyncExecution: (input) => {
      const target = targetOf(host, input.stateMachineArn);
      if (target.machine.type !== 'EXPRESS') {
        throw new AwsError(
          'StateMachineTypeNotSupported',
          'This operation is not supported by this type of state machine',
        );
      }
      const name = input.name === undefined ? host.fabric.random.uuid() : requireName(input.name);
      const text = checkInput(input.input);
      return new Promise((resolve) => {
        const record = start(host, target, name, text, host.fabric.random.uuid());
        host.engine.listen(record.facts.arn, (ended) => {
          host.fabric.turns.afterCommit(() => resolve(answerOf(ended)));
        });
      });
    },
  };
}

function answerOf(record: ExecutionRecord): Record<string, unknown> {
  const { facts, failure, output } = record;
  return {
    executionArn: facts.arn,
    stateMachineArn: facts.machineArn,
    name: facts.name,
    startDate: new Date(facts.startedAt),
    stopDate: new Date(record.stoppedAt ?? facts.startedAt),
    status: record.status,
    ...(failure?.error == null ? {} : { error: failure.error }),
    ...(failure?.cause == null ? {} : { cause: failure.cause }),
    input: textOf(record.input),
    inputDetails: { included: true },
    ...(output ? { output: textOf(output) } : {}),
    outputDetails: { included: true },
    billingDetails: {
      billedMemoryUsedInMB: 64,
      billedDurationInMilliseconds: Math.max(100, 100 * Math.ceil(((record.stoppedAt ?? 0) - facts.startedAt) / 100)),
    },
  };
}
