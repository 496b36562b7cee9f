// The words a pipeline may use, given by whoever loads one: core/pipeline itself knows no agent and no criterion.

export interface Known {
  readonly artifactTypes: readonly string[];
  /** What may be weighed in a gate. */
  readonly criteria: readonly string[];
  /** What may stand as a guard, each with the parameters it takes. */
  readonly guards: Readonly<Record<string, readonly string[]>>;
  /** Absent where the catalogue is not at hand (synthesis): then agents are not checked; opening a run checks them. */
  readonly agentIds?: readonly string[];
  /** Likewise. */
  readonly tools?: readonly string[];
  /** Names of custom aggregations; likewise. */
  readonly aggregations?: readonly string[];
}
