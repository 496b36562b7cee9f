// Orders of an acyclic graph: one after another, and level by level.

import { findCycle } from './cycle.ts';
import type { Graph } from './graph.ts';

/**
 * Nodes level by level: a node stands one level below its deepest predecessor; in node order within a level.
 * @throws RangeError naming the path of a cycle.
 */
export function levels(graph: Graph): string[][] {
  const waitsFor = new Map(graph.nodes.map((node) => [node, graph.before.get(node)?.length ?? 0]));
  const result: string[][] = [];
  let ready = graph.nodes.filter((node) => waitsFor.get(node) === 0);
  let placed = 0;
  while (ready.length > 0) {
    result.push(ready);
    placed += ready.length;
    const freed = new Set<string>();
    for (const node of ready) {
      for (const next of graph.after.get(node) ?? []) {
        const rest = (waitsFor.get(next) as number) - 1;
        waitsFor.set(next, rest);
        if (rest === 0) freed.add(next);
      }
    }
    ready = graph.nodes.filter((node) => freed.has(node));
  }
  if (placed < graph.nodes.length) {
    throw new RangeError(`expected a graph without cycles, found ${(findCycle(graph) ?? []).join(' -> ')}`);
  }
  return result;
}

/** Every node after all its predecessors. @throws RangeError naming the path of a cycle. */
export function topologicalOrder(graph: Graph): string[] {
  return levels(graph).flat();
}
