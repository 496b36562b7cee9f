// Lays a graph of phases out as a series-parallel tree. Series-parallel graphs come out exactly; elsewhere the barrier is
// taken that lengthens the critical path least by expected durations, found by branch and bound with a fixed amount of work.
//
// 1. Every order of the graph is respected.
// 2. Never slower than level by level.
// 3. Equal to the critical path where the graph is series-parallel.
// 4. The same graph and durations give the same layout.

import { criticalPath, type DurationOf } from '../../core/graph/critical-path.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { addedOrders, barriersOf, levelsOf } from './barriers.ts';
import { membersOf, type NodeSet, type Order, orderOf } from './order.ts';
import { parallelParts, seriesParts } from './split.ts';
import { inParallel, inSeries, type Layout, leaf } from './tree.ts';

interface PlacedBarrier {
  /** What must now end before anything of `after` starts; ids in topological order. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Pairs that could overlap without the barrier. */
  readonly ordersAdded: number;
  /** By how much these phases alone now take longer than their own critical path, in the unit of the durations. */
  readonly lengthens: number;
}

export interface LayoutResult {
  readonly layout: Layout;
  /** Expected time of the layout, in the unit of the durations. */
  readonly makespan: number;
  /** What it would be without barriers. */
  readonly criticalPath: number;
  /** Outermost first; empty when the graph is series-parallel. */
  readonly barriers: readonly PlacedBarrier[];
}

/** Barriers tried in all; a whole pipeline of 200 phases stays under a second. */
const WORK = 300;

/** @throws RangeError naming the path of a cycle, or on a graph without nodes. */
export function layOut(graph: Graph, durationOf: DurationOf): LayoutResult {
  const order = orderOf(graph, durationOf);
  const search: Search = { order, best: new Map(), work: WORK };
  const whole = (1n << BigInt(order.names.length)) - 1n;
  const { layout, length, barriers } = solve(search, whole);
  return { layout, makespan: length, criticalPath: criticalPath(graph, durationOf).length, barriers };
}

interface Search {
  readonly order: Order;
  readonly best: Map<NodeSet, Solution>;
  work: number;
}

interface Solution {
  readonly layout: Layout;
  readonly length: number;
  readonly barriers: readonly PlacedBarrier[];
}

function solve(search: Search, nodes: NodeSet): Solution {
  const known = search.best.get(nodes);
  if (known !== undefined) return known;
  const solution = decompose(search, nodes);
  search.best.set(nodes, solution);
  return solution;
}

function decompose(search: Search, nodes: NodeSet): Solution {
  const { order } = search;
  if ((nodes & (nodes - 1n)) === 0n) {
    const node = membersOf(nodes)[0];
    if (node === undefined) throw new RangeError('expected a graph with at least one phase, found none');
    return { layout: leaf(order.names[node] as string), length: order.durations[node] as number, barriers: [] };
  }
  const series = seriesParts(order, nodes);
  if (series.length > 1)
    return join(
      'series',
      series.map((part) => solve(search, part)),
    );
  const parallel = parallelParts(order, nodes);
  if (parallel.length > 1)
    return join(
      'parallel',
      parallel.map((part) => solve(search, part)),
    );
  return withBarrier(search, nodes);
}

function join(kind: 'series' | 'parallel', parts: readonly Solution[]): Solution {
  const layouts = parts.map((part) => part.layout);
  const lengths = parts.map((part) => part.length);
  return {
    layout: kind === 'series' ? inSeries(layouts) : inParallel(layouts),
    length: kind === 'series' ? lengths.reduce((sum, length) => sum + length, 0) : Math.max(...lengths),
    barriers: parts.flatMap((part) => part.barriers),
  };
}

/** Best first: a barrier whose lower bound is no better than what is found ends the search. */
function withBarrier(search: Search, nodes: NodeSet): Solution {
  let best: Solution | undefined;
  for (const barrier of barriersOf(search.order, nodes)) {
    if (best !== undefined && (barrier.atLeast >= best.length || search.work <= 0)) break;
    search.work -= 1;
    const halves = join('series', [solve(search, barrier.first), solve(search, barrier.second)]);
    if (best !== undefined && halves.length >= best.length) continue;
    const placed = place(search.order, barrier.first, barrier.second, halves.length - pathLength(search.order, nodes));
    best = { ...halves, barriers: [placed, ...halves.barriers] };
  }
  const fallback = levelByLevel(search, nodes);
  return best === undefined || fallback.length < best.length ? fallback : best;
}

/** What invariant 2 rests on. */
function levelByLevel(search: Search, nodes: NodeSet): Solution {
  const levels = levelsOf(search.order, nodes);
  const each = levels.map((level) =>
    join(
      'parallel',
      membersOf(level).map((node) => solve(search, 1n << BigInt(node))),
    ),
  );
  const whole = join('series', each);
  const lengthens = whole.length - pathLength(search.order, nodes);
  const barriers = levels
    .slice(1)
    .map((level, index) => place(search.order, levels[index] as NodeSet, level, index === 0 ? lengthens : 0));
  return { ...whole, barriers };
}

function place(order: Order, first: NodeSet, second: NodeSet, lengthens: number): PlacedBarrier {
  return {
    before: namesOf(order, first),
    after: namesOf(order, second),
    ordersAdded: addedOrders(order, first, second),
    lengthens,
  };
}

function pathLength(order: Order, nodes: NodeSet): number {
  const ends = new Map<number, number>();
  for (const node of membersOf(nodes)) {
    const before = (order.nearestBefore[node] as number[]).map((other) => ends.get(other) ?? 0);
    ends.set(node, Math.max(0, ...before) + (order.durations[node] as number));
  }
  return Math.max(...ends.values());
}

const namesOf = (order: Order, nodes: NodeSet): string[] => membersOf(nodes).map((node) => order.names[node] as string);
