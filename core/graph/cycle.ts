// Finds cycles and names their paths.

import { type Graph, subgraph } from './graph.ts';

/**
 * A shortest cycle through the first node (in node order) that lies on one, its first node repeated at the end:
 * `['a', 'b', 'a']`. Null when the graph has none.
 */
export function findCycle(graph: Graph): string[] | null {
  const onCycle = nodesLeftAfterPeeling(graph);
  for (const start of graph.nodes) {
    if (!onCycle.has(start)) continue;
    const path = shortestWayBack(graph, start);
    if (path !== null) return path;
  }
  return null;
}

/** Cycles that share no node, found one after another: at least one of every knot there is. */
export function findCycles(graph: Graph): string[][] {
  const path = findCycle(graph);
  if (path === null) return [];
  const rest = new Set(graph.nodes.filter((node) => !path.includes(node)));
  return [path, ...findCycles(subgraph(graph, rest))];
}

/** Takes away, again and again, every node without predecessors; what is left lies on a cycle or behind one. */
function nodesLeftAfterPeeling(graph: Graph): Set<string> {
  const left = new Set(graph.nodes);
  const waitsFor = new Map(graph.nodes.map((node) => [node, graph.before.get(node)?.length ?? 0]));
  const free = graph.nodes.filter((node) => waitsFor.get(node) === 0);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    left.delete(node);
    for (const next of graph.after.get(node) ?? []) {
      const rest = (waitsFor.get(next) as number) - 1;
      waitsFor.set(next, rest);
      if (rest === 0) free.push(next);
    }
  }
  return left;
}

function shortestWayBack(graph: Graph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  let frontier = [start];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const node of frontier) {
      for (const successor of graph.after.get(node) ?? []) {
        if (successor === start) return [...pathTo(node, start, cameFrom), start];
        if (cameFrom.has(successor)) continue;
        cameFrom.set(successor, node);
        next.push(successor);
      }
    }
    frontier = next;
  }
  return null;
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [end];
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) as string;
    path.unshift(node);
  }
  return path;
}
