// The two exact steps of series-parallel decomposition. A set falls apart in parallel along the components of "one must
// come before the other", and in series along the components of "neither must"; an order is series-parallel exactly if
// repeating the two takes it down to single nodes (Valdes, Tarjan and Lawler 1982).

import { membersOf, type NodeSet, type Order } from './order.ts';

/** Parts that have no order between them, by their first members; one part when there is no such split. */
export function parallelParts(order: Order, nodes: NodeSet): NodeSet[] {
  return components(nodes, (node) => (order.before[node] as NodeSet) | (order.after[node] as NodeSet));
}

/** Parts each of which comes wholly before the next; one part when there is no such split. */
export function seriesParts(order: Order, nodes: NodeSet): NodeSet[] {
  const parts = components(nodes, (node) => ~((order.before[node] as NodeSet) | (order.after[node] as NodeSet)));
  // Members are numbered topologically, so the part holding the smallest number comes first.
  return parts;
}

function components(nodes: NodeSet, neighboursOf: (node: number) => NodeSet): NodeSet[] {
  const parts: NodeSet[] = [];
  for (let left = nodes; left !== 0n; ) {
    const first = left & -left;
    let part = first;
    for (let frontier = first; frontier !== 0n; ) {
      const reached = membersOf(frontier).reduce((set, node) => set | neighboursOf(node), 0n) & left & ~part;
      part |= reached;
      frontier = reached;
    }
    parts.push(part);
    left &= ~part;
  }
  return parts;
}
