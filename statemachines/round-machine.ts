// One round of a gate attempt: ask for a wave of tasks, run them side by side, ask again, and aggregate at the end.
// A task that is lost does not end the round: the aggregation counts what was committed.

import type { Definition, Flow, State, Targets } from './asl.ts';
import { EXECUTION_SECONDS } from './bounds.ts';
import { fields, invoke, nest } from './calls.ts';
import { ITEM_FIELDS } from './task-machine.ts';

/** Stands in the ARNs of the child executions of a large wave. */
export const MAP_LABEL = 'Tasks';

const ROUND = ['runId', 'phase', 'attempt', 'round'];

export function roundMachine(targets: Targets): Definition {
  return {
    Comment: 'One round: waves of tasks, then aggregation',
    TimeoutSeconds: EXECUTION_SECONDS.round,
    StartAt: 'Plan',
    States: {
      Plan: invoke(targets, 'plan', fields(...ROUND, 'wave'), { Next: 'How to fan out' }),
      'How to fan out': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.next', StringEquals: 'inline', Next: 'Fan out' },
          { Variable: '$.next', StringEquals: 'distributed', Next: 'Fan out many' },
        ],
        Default: 'Aggregate',
      },
      'Fan out': fanOut({
        Comment: 'The tasks of one wave, side by side',
        ItemsPath: '$.tasks',
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...processor(targets, '') },
      }),
      'Fan out many': fanOut({
        Comment: 'The same for a wave too large for one execution: each task is a child execution',
        Label: MAP_LABEL,
        ItemReader: {
          Resource: `arn:${targets.partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { 'Bucket.$': '$.items.bucket', 'Key.$': '$.items.key' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...processor(targets, ' of many'),
        },
        ToleratedFailurePercentage: 100,
        // Nothing was started when the list could not be read.
        Retry: [{ ErrorEquals: ['States.ItemReaderFailed'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }],
      }),
      'Next wave': {
        Type: 'Pass',
        Parameters: { ...fields(...ROUND), 'wave.$': '$.nextWave' },
        Next: 'Plan',
      },
      Aggregate: invoke(targets, 'aggregate', fields(...ROUND), { End: true }),
    },
  };
}

function fanOut(rest: object): State {
  return {
    Type: 'Map',
    MaxConcurrencyPath: '$.concurrency',
    // What the tasks did stands in their rows; nothing of it travels through the execution.
    ResultPath: null,
    Next: 'Next wave',
    ...rest,
  };
}

/** Ends in a bare `true` or `false`, so that ten thousand of them stay far below the payload limit. */
function processor(targets: Targets, suffix: string): Flow {
  const lost = `Lost${suffix}`;
  return {
    StartAt: `Task${suffix}`,
    States: {
      [`Task${suffix}`]: nest(targets, 'task', fields(...ITEM_FIELDS), {
        OutputPath: '$.Output.ok',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: lost }],
        End: true,
      }),
      [lost]: { Type: 'Pass', Comment: 'Timed out or aborted', Result: false, End: true },
    },
  };
}
