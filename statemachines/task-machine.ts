// One agent's task: hand it to the queue, wait for the worker's answer, and let the supervisor say what a failure means.
// It never fails by itself: a task that is given up ends as set aside, and the round sees it in the task's row.

import { CONTRACT_VERSION } from '../core/scheduling/idempotency-key.ts';
import type { Definition, Targets } from './asl.ts';
import { EXECUTION_SECONDS } from './bounds.ts';
import { fields, invoke, sendAndWait } from './calls.ts';

const ITEM = ['runId', 'phase', 'attempt', 'round', 'wave', 'task', 'try'];

/** The members of an item, in the order Plan gives them. */
export const ITEM_FIELDS = [...ITEM, 'workerClass', 'timeoutSeconds', 'heartbeatSeconds'];

export function taskMachine(targets: Targets): Definition {
  const work = (queue: 'models' | 'tools') =>
    sendAndWait(
      targets,
      queue,
      { contract: CONTRACT_VERSION, 'token.$': '$$.Task.Token', ...fields(...ITEM) },
      {
        TimeoutSecondsPath: '$.timeoutSeconds',
        HeartbeatSecondsPath: '$.heartbeatSeconds',
        ResultPath: '$.result',
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Supervise' }],
        Next: 'Done',
      },
    );
  return {
    Comment: 'One task: queue, worker, and the supervisor on failure',
    TimeoutSeconds: EXECUTION_SECONDS.task,
    StartAt: 'Which workers',
    States: {
      'Which workers': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.workerClass', StringEquals: 'models', Next: 'Work (models)' },
          { Variable: '$.workerClass', StringEquals: 'tools', Next: 'Work (tools)' },
        ],
      },
      'Work (models)': work('models'),
      'Work (tools)': work('tools'),
      Supervise: invoke(targets, 'supervise', { 'state.$': '$' }, { Next: 'What next' }),
      'What next': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.next', StringEquals: 'retry', Next: 'Back off' },
          { Variable: '$.next', StringEquals: 'done', Next: 'Done' },
        ],
        Default: 'Set aside',
      },
      'Back off': { Type: 'Wait', SecondsPath: '$.delaySeconds', Next: 'Which workers' },
      Done: { Type: 'Pass', Parameters: { 'task.$': '$.task', ok: true }, End: true },
      'Set aside': { Type: 'Pass', Parameters: { 'task.$': '$.task', ok: false }, End: true },
    },
  };
}
