// How long a graph of tasks takes when nothing waits but for its predecessors.
// Durations are integers in any one unit (IdeaMine uses minutes of wall budget); results are in the same unit.

import type { Graph } from './graph.ts';
import { topologicalOrder } from './order.ts';

export type DurationOf = (node: string) => number;

export interface CriticalPath {
  /** First to last node; empty for an empty graph. Among equally long paths the one earliest in node order. */
  readonly nodes: readonly string[];
  readonly length: number;
}

/** Earliest start of every node. @throws RangeError naming the path of a cycle. */
export function earliestStarts(graph: Graph, durationOf: DurationOf): Map<string, number> {
  const starts = new Map<string, number>();
  for (const node of topologicalOrder(graph)) {
    const ends = (graph.before.get(node) ?? []).map((earlier) => (starts.get(earlier) as number) + durationOf(earlier));
    starts.set(node, Math.max(0, ...ends));
  }
  return starts;
}

/** The chain of nodes that decides the makespan. @throws RangeError naming the path of a cycle. */
export function criticalPath(graph: Graph, durationOf: DurationOf): CriticalPath {
  const starts = earliestStarts(graph, durationOf);
  const endOf = (node: string) => (starts.get(node) as number) + durationOf(node);
  const firstWithEnd = (candidates: readonly string[], end: number) => candidates.find((node) => endOf(node) === end);
  const length = Math.max(0, ...graph.nodes.map(endOf));
  const nodes: string[] = [];
  for (let node = firstWithEnd(graph.nodes, length); node !== undefined; ) {
    nodes.unshift(node);
    node = firstWithEnd(graph.before.get(node) ?? [], starts.get(node) as number);
  }
  return { nodes, length };
}

/** How long the nodes take one after another. */
export function sequenceLength(graph: Graph, durationOf: DurationOf): number {
  return graph.nodes.reduce((sum, node) => sum + durationOf(node), 0);
}

/** How long the nodes take level by level, each level waiting for the slowest of the one before. */
export function levelsLength(levels: readonly (readonly string[])[], durationOf: DurationOf): number {
  return levels.reduce((sum, level) => sum + Math.max(0, ...level.map(durationOf)), 0);
}
