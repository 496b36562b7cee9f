// One phase, whichever it is: gate attempts until it is handed on, given up, or waits for a person.
// It fails only when its own handler cannot be reached; a phase that did not pass ends normally with ok: false.

import type { Definition, Targets } from './asl.ts';
import { DECISION_SECONDS, EXECUTION_SECONDS } from './bounds.ts';
import { fields, invoke, invokeAndWait, nest } from './calls.ts';

export function phaseMachine(targets: Targets): Definition {
  return {
    Comment: 'One phase: gate attempts until it is handed on, escalates, or is given up',
    TimeoutSeconds: EXECUTION_SECONDS.phase,
    StartAt: 'Begin',
    States: {
      Begin: invoke(
        targets,
        'phase',
        { op: 'begin', ...fields('runId', 'phase'), 'executionArn.$': '$$.Execution.Id' },
        { Next: 'What next' },
      ),
      'What next': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.next', StringEquals: 'attempt', Next: 'Attempt' },
          { Variable: '$.next', StringEquals: 'escalate', Next: 'Await a decision' },
        ],
        Default: 'Verdict',
      },
      Attempt: nest(
        targets,
        'attempt',
        { ...fields('runId', 'phase', 'attempt'), round: 1 },
        {
          ResultSelector: {
            'runId.$': '$.Output.runId',
            'phase.$': '$.Output.phase',
            'attempt.$': '$.Output.attempt',
            'verdict.$': '$.Output.verdict',
          },
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Decide' }],
          Next: 'Decide',
        },
      ),
      Decide: invoke(targets, 'phase', { op: 'decide', 'state.$': '$' }, { Next: 'What next' }),
      'Await a decision': invokeAndWait(
        targets,
        'phase',
        { op: 'escalate', 'token.$': '$$.Task.Token', ...fields('runId', 'phase', 'attempt') },
        {
          Comment: 'approve, waive or reject; silence is answered by the time-out',
          TimeoutSeconds: DECISION_SECONDS,
          ResultPath: '$.decision',
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Resolve' }],
          Next: 'Resolve',
        },
      ),
      Resolve: invoke(targets, 'phase', { op: 'resolve', 'state.$': '$' }, { Next: 'What next' }),
      Verdict: { Type: 'Pass', Parameters: fields('runId', 'phase', 'ok'), End: true },
    },
  };
}
