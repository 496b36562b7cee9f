// One gate attempt of a phase: rounds until the plan is worked off, then the gate.

import type { Definition, Targets } from './asl.ts';
import { EXECUTION_SECONDS } from './bounds.ts';
import { fields, invoke, nest } from './calls.ts';

export function attemptMachine(targets: Targets): Definition {
  return {
    Comment: 'One gate attempt: rounds, then the gate',
    TimeoutSeconds: EXECUTION_SECONDS.attempt,
    StartAt: 'Round',
    States: {
      Round: nest(
        targets,
        'round',
        { ...fields('runId', 'phase', 'attempt', 'round'), wave: 1 },
        {
          ResultSelector: {
            'runId.$': '$.Output.runId',
            'phase.$': '$.Output.phase',
            'attempt.$': '$.Output.attempt',
            'round.$': '$.Output.round',
            'next.$': '$.Output.next',
          },
          Next: 'Another round',
        },
      ),
      'Another round': {
        Type: 'Choice',
        Choices: [{ Variable: '$.next', StringEquals: 'round', Next: 'Round' }],
        Default: 'Gate',
      },
      Gate: invoke(targets, 'gate', fields('runId', 'phase', 'attempt'), { End: true }),
    },
  };
}
