// A directed graph of named nodes. Nodes keep the order they were given in, and everything computed from a graph
// breaks ties by that order, so equal input gives equal output.

export interface Graph {
  readonly nodes: readonly string[];
  /** Direct successors by node, each list in node order and without repeats. */
  readonly after: ReadonlyMap<string, readonly string[]>;
  /** Direct predecessors by node, likewise. */
  readonly before: ReadonlyMap<string, readonly string[]>;
}

export type Edge = readonly [from: string, to: string];

/** @throws RangeError when a node is repeated or an edge names a node that is not there. */
export function createGraph(nodes: readonly string[], edges: Iterable<Edge>): Graph {
  const place = new Map(nodes.map((node, index) => [node, index]));
  if (place.size !== nodes.length) throw new RangeError('expected nodes without repeats');
  const after = new Map(nodes.map((node) => [node, new Set<string>()]));
  const before = new Map(nodes.map((node) => [node, new Set<string>()]));
  for (const [from, to] of edges) {
    const successors = after.get(from);
    const predecessors = before.get(to);
    if (successors === undefined || predecessors === undefined) {
      throw new RangeError(`expected an edge between known nodes, found ${from} -> ${to}`);
    }
    successors.add(to);
    predecessors.add(from);
  }
  const inOrder = (neighbours: Set<string>) =>
    [...neighbours].sort((a, b) => (place.get(a) as number) - (place.get(b) as number));
  return {
    nodes: [...nodes],
    after: new Map([...after].map(([node, set]) => [node, inOrder(set)])),
    before: new Map([...before].map(([node, set]) => [node, inOrder(set)])),
  };
}

/** Every edge, by node order of its ends. */
export function edgesOf(graph: Graph): Edge[] {
  return graph.nodes.flatMap((from) => (graph.after.get(from) ?? []).map((to): Edge => [from, to]));
}

/** The nodes given, in the graph's order, with the edges that lie wholly between them. */
export function subgraph(graph: Graph, kept: ReadonlySet<string>): Graph {
  return createGraph(
    graph.nodes.filter((node) => kept.has(node)),
    edgesOf(graph).filter(([from, to]) => kept.has(from) && kept.has(to)),
  );
}
