// What an agent is: a name, what it reads and makes, and a function of its context.
// An agent makes its own fields of an artifact; the phase's aggregation puts the fields together.

import type { ArtifactType, SourceName, WorkingPaper } from '../../core/artifacts/artifact-type.ts';
import { IdeaMineError } from '../../core/errors.ts';
import type { AgentContext } from './context.ts';

type WorkerClass = 'models' | 'tools';

export interface AgentResult {
  /** This agent's share of each artifact: the whole content, or some of its fields. */
  readonly artifacts: Partial<Record<ArtifactType | WorkingPaper, unknown>>;
  /** Only in iterative phases: true when nothing this task was given is left. Absent: this agent does not decide. */
  readonly done?: boolean;
}

export interface Agent {
  readonly id: string;
  readonly title: string;
  readonly workerClass: WorkerClass;
  /** Artifacts it reads: inputs of its phase, or made by an earlier wave of it. */
  readonly reads: readonly SourceName[];
  readonly makes: readonly (ArtifactType | WorkingPaper)[];
  /** File name of its prompt, for providers that take one. */
  readonly prompt?: string;
  /** Loads what its code needs and few others do; awaited before every `run`. */
  prepare?(): Promise<void>;
  run(ctx: AgentContext): Promise<AgentResult>;
}

/** @throws IdeaMineError `IdeaMine.AgentBroken` at run time when the agent makes an artifact it did not declare. */
export function defineAgent(agent: Agent): Agent {
  return {
    ...agent,
    async run(ctx) {
      await agent.prepare?.();
      const result = await agent.run(ctx);
      // A result that is none at all is refused by the worker.
      const stray = Object.keys(result?.artifacts ?? {}).find(
        (type) => !(agent.makes as readonly string[]).includes(type),
      );
      if (stray !== undefined) {
        throw new IdeaMineError('IdeaMine.AgentBroken', `agent ${agent.id} made ${stray}, which it does not declare`);
      }
      return result;
    },
  };
}
