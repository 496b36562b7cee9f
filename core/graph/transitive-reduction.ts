// The fewest edges that keep every order: an edge goes when another way leads from its start to its end.

import { createGraph, edgesOf, type Graph } from './graph.ts';
import { reachability } from './reachability.ts';

/** Unique for an acyclic graph. @throws RangeError naming the path of a cycle. */
export function transitiveReduction(graph: Graph): Graph {
  const reaches = reachability(graph);
  const kept = edgesOf(graph).filter(
    ([from, to]) => !(graph.after.get(from) ?? []).some((other) => reaches(other, to)),
  );
  return createGraph(graph.nodes, kept);
}
