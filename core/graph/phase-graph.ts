// The graph of phases: an edge wherever one phase needs what another makes. Nobody writes edges down.

import { createGraph, type Edge, type Graph } from './graph.ts';

export interface GraphPhase {
  readonly id: string;
  readonly needs: readonly string[];
  readonly makes: readonly string[];
}

/**
 * Needs that nobody makes (the Idea among them) give no edge. A phase that needs what it makes itself gives an edge to
 * itself, which `findCycle` reports.
 */
export function phaseGraph(phases: readonly GraphPhase[]): Graph {
  const makers = new Map<string, string[]>();
  for (const phase of phases) {
    for (const type of phase.makes) makers.set(type, [...(makers.get(type) ?? []), phase.id]);
  }
  const edges = phases.flatMap((phase) =>
    phase.needs.flatMap((type) => (makers.get(type) ?? []).map((maker): Edge => [maker, phase.id])),
  );
  return createGraph(
    phases.map((phase) => phase.id),
    edges,
  );
}
