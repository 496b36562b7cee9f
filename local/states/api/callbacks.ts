// SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat.

import { AwsError, type Operation } from '../../service.ts';
import type { Execution, Strand, TaskRun } from '../engine/execution.ts';
import { armTask, failTask, succeedTask } from '../engine/task.ts';
import { readToken } from '../engine/token.ts';
import { docOfText, parseJson, tooLarge } from '../json.ts';
import { invalidToken } from './errors.ts';
import type { Host } from './host.ts';

interface Waiting {
  readonly execution: Execution;
  readonly strand: Strand;
  readonly task: TaskRun;
}

/** @throws InvalidToken for a text that was never a token, TaskTimedOut for a task that is over */
function find(host: Host, token: unknown): Waiting {
  const parts = typeof token === 'string' ? readToken(token) : undefined;
  if (!parts) throw invalidToken();
  const execution = host.engine.openById.get(parts.execution);
  const strand = execution?.strands.get(parts.strand);
  const task = strand?.task;
  if (execution && strand && task && task.token === token) return { execution, strand, task };
  throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}

export function callbackOperations(host: Host): Record<string, Operation> {
  const { engine } = host;
  return {
    SendTaskSuccess: (input) => {
      const { execution, strand } = find(host, input.taskToken);
      const text = String(input.output ?? '');
      if (tooLarge(text)) {
        throw new AwsError('InvalidOutput', "Invalid Output: 'Output is too large'");
      }
      parseJson(text, 'InvalidOutput', (reason) => `Invalid Output: '${reason}'`);
      engine.guarded(execution, () => succeedTask(engine, execution, strand, docOfText(text)));
      return {};
    },

    SendTaskFailure: (input) => {
      const { execution, strand } = find(host, input.taskToken);
      const failure = { error: input.error ?? null, cause: input.cause ?? null };
      engine.guarded(execution, () => failTask(engine, execution, strand, failure));
      return {};
    },

    SendTaskHeartbeat: (input) => {
      const { execution, strand, task } = find(host, input.taskToken);
      if (task.heartbeatSeconds !== undefined) {
        task.heartbeatAt = engine.now() + task.heartbeatSeconds * 1000;
        armTask(engine, execution, strand);
        engine.touch(execution, strand);
      }
      return {};
    },
  };
}
