// All five definitions by name, in the order in which they nest.

import type { Definition, Targets } from './asl.ts';
import { attemptMachine } from './attempt-machine.ts';
import type { Layout } from './layout/tree.ts';
import { phaseMachine } from './phase-machine.ts';
import { roundMachine } from './round-machine.ts';
import { runMachine } from './run-machine.ts';
import { taskMachine } from './task-machine.ts';

export type MachineName = 'run' | 'phase' | 'attempt' | 'round' | 'task';

export function machines(targets: Targets, pipelineTitle: string, layout: Layout): Record<MachineName, Definition> {
  return {
    run: runMachine(targets, pipelineTitle, layout),
    phase: phaseMachine(targets),
    attempt: attemptMachine(targets),
    round: roundMachine(targets),
    task: taskMachine(targets),
  };
}
