// Where a barrier may stand in a set that splits neither way: every way to cut it into a first and a second half such that
// nothing in the first waits for the second. There are exponentially many; small sets are searched whole, large ones
// along the cuts that can matter: by earliest end, by what is left to do, by level, and around each node.

import { has, membersOf, type NodeSet, type Order, setOf } from './order.ts';

export interface Barrier {
  readonly first: NodeSet;
  readonly second: NodeSet;
  /** Critical path of the first half plus that of the second: no layout with this barrier is shorter. */
  readonly atLeast: number;
  /** Pairs that may no longer overlap though nothing of one needs the other. */
  readonly ordersAdded: number;
}

/** Sets searched whole have no more members and no more cuts than these; beyond, it costs time and finds nothing better. */
const WHOLE_SEARCH = { members: 20, cuts: 400 };

/** Cuts looked at closely: those with the best bounds. */
const KEPT = 48;

/** Least `atLeast` first, then fewest orders added, then by the numbers of the first half; the best few only. */
export function barriersOf(order: Order, nodes: NodeSet): Barrier[] {
  const members = membersOf(nodes);
  const heads = longest(order, nodes, members, order.nearestBefore);
  const tails = longest(order, nodes, members.toReversed(), order.nearestAfter);
  const firsts = allCuts(order, nodes, members) ?? likelyCuts(order, nodes, members, heads, tails);
  const bounded = [...firsts]
    .filter((first) => first !== 0n && first !== nodes)
    .map((first) => {
      const second = nodes & ~first;
      return { first, second, atLeast: greatest(first, heads) + greatest(second, tails) };
    });
  return bounded
    .sort((a, b) => a.atLeast - b.atLeast || (a.first < b.first ? -1 : 1))
    .slice(0, KEPT)
    .map((cut) => ({ ...cut, ordersAdded: addedOrders(order, cut.first, cut.second) }))
    .sort((a, b) => a.atLeast - b.atLeast || a.ordersAdded - b.ordersAdded);
}

function greatest(nodes: NodeSet, lengths: ReadonlyMap<number, number>): number {
  return membersOf(nodes).reduce((most, node) => Math.max(most, lengths.get(node) as number), 0);
}

/** Level by level: cuts after each level, in order. The layout they make is what no layout may be slower than. */
export function levelsOf(order: Order, nodes: NodeSet): NodeSet[] {
  const depth = new Map<number, number>();
  const levels: NodeSet[] = [];
  for (const node of membersOf(nodes)) {
    const above = (order.nearestBefore[node] as number[]).filter((other) => has(nodes, other));
    const own = above.reduce((most, other) => Math.max(most, (depth.get(other) as number) + 1), 0);
    depth.set(node, own);
    levels[own] = (levels[own] ?? 0n) | (1n << BigInt(node));
  }
  return levels;
}

/** Longest chain ending in each node, itself included, walking `towards`. */
function longest(
  order: Order,
  nodes: NodeSet,
  members: readonly number[],
  towards: readonly (readonly number[])[],
): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const node of members) {
    const near = (towards[node] as number[]).filter((other) => has(nodes, other));
    const behind = near.reduce((most, other) => Math.max(most, lengths.get(other) as number), 0);
    lengths.set(node, behind + (order.durations[node] as number));
  }
  return lengths;
}

/** Every down-closed subset, or null when there are too many. */
function allCuts(order: Order, nodes: NodeSet, members: readonly number[]): Set<NodeSet> | null {
  if (members.length > WHOLE_SEARCH.members) return null;
  const found = new Set<NodeSet>([0n]);
  // A Set yields what is added while it is walked, so this is a breadth-first search.
  for (const ideal of found) {
    for (const node of members) {
      if (has(ideal, node) || ((order.before[node] as NodeSet) & nodes & ~ideal) !== 0n) continue;
      found.add(ideal | (1n << BigInt(node)));
    }
    if (found.size > WHOLE_SEARCH.cuts) return null;
  }
  return found;
}

function likelyCuts(
  order: Order,
  nodes: NodeSet,
  members: readonly number[],
  heads: ReadonlyMap<number, number>,
  tails: ReadonlyMap<number, number>,
): Set<NodeSet> {
  const cuts = new Set<NodeSet>();
  for (const limit of new Set(heads.values())) {
    // The largest first half that can end by then.
    cuts.add(setOf(members.filter((node) => (heads.get(node) as number) <= limit)));
  }
  for (const limit of new Set(tails.values())) {
    // The smallest first half that leaves no more than this.
    cuts.add(nodes & ~setOf(members.filter((node) => (tails.get(node) as number) <= limit)));
  }
  let above = 0n;
  for (const level of levelsOf(order, nodes)) {
    above |= level;
    cuts.add(above);
  }
  for (const node of members) {
    const up = (order.before[node] as NodeSet) & nodes;
    const down = (order.after[node] as NodeSet) & nodes;
    cuts.add(up);
    cuts.add(up | (1n << BigInt(node)));
    cuts.add(nodes & ~down);
    cuts.add(nodes & ~down & ~(1n << BigInt(node)));
  }
  return cuts;
}

/** Pairs across the cut that the order leaves free. */
export function addedOrders(order: Order, first: NodeSet, second: NodeSet): number {
  return membersOf(first).reduce((sum, node) => sum + count(second & ~(order.after[node] as NodeSet)), 0);
}

function count(set: NodeSet): number {
  let ones = 0;
  for (let left = set; left !== 0n; left >>= 16n) ones += ONES[Number(left & 0xffffn)] as number;
  return ones;
}

/** Bits set in each 16-bit number. */
const ONES = new Uint8Array(1 << 16);
for (let number = 1; number < ONES.length; number += 1) ONES[number] = (ONES[number >> 1] as number) + (number & 1);
