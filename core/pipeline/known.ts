// The words a pipeline may use, given by whoever loads one: core/pipeline itself knows no agent and no criterion.
// A vocabulary that is absent is not checked: synthesis has no agents at hand, and opening a run checks them all.

import type { Json } from '../json.ts';

export interface Known {
  readonly artifactTypes: readonly string[];
  /** What may be weighed in a gate. */
  readonly criteria?: readonly string[];
  /** What may stand as a guard, each with the parameters it takes. */
  readonly guards?: Readonly<Record<string, readonly string[]>>;
  /** What is wrong with the values of a guard's parameters, in words; undefined when nothing is. */
  readonly guardFault?: (guard: string, parameters: Readonly<Record<string, Json>>) => string | undefined;
  readonly agentIds?: readonly string[];
  readonly tools?: readonly string[];
  /** Tools that act on, or send something to, what is outside the stage. */
  readonly actingTools?: readonly string[];
  /** Artifact types that hold what is not for everybody. */
  readonly privateArtifacts?: readonly string[];
  /** Ids of model providers. */
  readonly providers?: readonly string[];
  /** Names of custom aggregations. */
  readonly aggregations?: readonly string[];
}
