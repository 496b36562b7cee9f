// What a pipeline comes to before it runs: when each phase starts if nothing fails, which ones decide the makespan, how
// often a model may be paid for at worst, how long and how dear it can get. Plain data, for `ideamine plan`.
// The layout of the deployed machine may add barriers to this; statemachines/ says how much.

import { criticalPath, earliestStarts, levelsLength, sequenceLength } from '../graph/critical-path.ts';
import type { Graph } from '../graph/graph.ts';
import { levels, topologicalOrder } from '../graph/order.ts';
import { phaseGraph } from '../graph/phase-graph.ts';
import { transitiveReduction } from '../graph/transitive-reduction.ts';
import { worstCaseCalls } from '../retry/worst-case.ts';
import type { Phase, Pipeline } from './model.ts';

export interface PipelinePlan {
  readonly name: string;
  readonly title: string;
  /** In an order that respects every need. */
  readonly phases: readonly PlannedPhase[];
  readonly criticalPath: { readonly phases: readonly string[]; readonly minutes: number };
  /** One phase after another. */
  readonly sequenceMinutes: number;
  /** Level by level, each waiting for the slowest of the one before. */
  readonly levelsMinutes: number;
  /** The longest chain when every phase uses every try of its gate. */
  readonly longestMinutes: number;
  readonly totals: { readonly tokens: number; readonly toolMinutes: number; readonly usdMicros: number };
}

interface PlannedPhase {
  readonly id: string;
  readonly title: string;
  /** Phases it directly waits for, those implied by others left out. */
  readonly after: readonly string[];
  /** Minutes from the start of the run. */
  readonly startMinute: number;
  readonly endMinute: number;
  /** How much longer it could take without delaying the run. */
  readonly slackMinutes: number;
  readonly agents: readonly string[];
  readonly tries: number;
  readonly budget: Phase['budget'];
  readonly paidCalls: PaidCalls;
}

/**
 * Worst case, for one call an agent makes to a model; calls that finished are never paid for again. A worker that dies
 * between a call and its record may pay for that call once more.
 */
interface PaidCalls {
  /** Over all attempts of one task. */
  readonly perCall: number;
  /** The same work over all gate tries; in an iterative phase, over all its rounds too. */
  readonly perRun: number;
}

/** @throws RangeError when the phases wait for each other; the loader lets no such pipeline pass. */
export function planPipeline(pipeline: Pipeline): PipelinePlan {
  const graph = transitiveReduction(phaseGraph(pipeline.phases));
  const byId = new Map(pipeline.phases.map((phase) => [phase.id, phase]));
  const phaseOf = (id: string) => byId.get(id) as Phase;
  const minutesOf = (id: string) => phaseOf(id).budget.wallMinutes;
  const starts = earliestStarts(graph, minutesOf);
  const critical = criticalPath(graph, minutesOf);
  const latest = latestEnds(graph, minutesOf, critical.length);
  return {
    name: pipeline.name,
    title: pipeline.title,
    phases: topologicalOrder(graph).map((id) => {
      const { title, agents, gate, budget } = phaseOf(id);
      const startMinute = starts.get(id) as number;
      const endMinute = startMinute + minutesOf(id);
      return {
        id,
        title,
        after: graph.before.get(id) ?? [],
        startMinute,
        endMinute,
        slackMinutes: (latest.get(id) as number) - endMinute,
        agents: agents.map((agent) => agent.id),
        tries: gate.tries,
        budget,
        paidCalls: paidCalls(phaseOf(id)),
      };
    }),
    criticalPath: { phases: critical.nodes, minutes: critical.length },
    sequenceMinutes: sequenceLength(graph, minutesOf),
    levelsMinutes: levelsLength(levels(graph), minutesOf),
    longestMinutes: criticalPath(graph, (id) => minutesOf(id) * phaseOf(id).gate.tries).length,
    totals: totals(pipeline.phases),
  };
}

/** For one phase; see PaidCalls. */
function paidCalls({ retry, gate, mode }: Phase): PaidCalls {
  const perCall = worstCaseCalls(retry.attempts);
  const rounds = mode.kind === 'iterative' ? (mode.maxRounds ?? 1) : 1;
  return { perCall, perRun: perCall * gate.tries * rounds };
}

function latestEnds(graph: Graph, minutesOf: (id: string) => number, end: number): Map<string, number> {
  const latest = new Map<string, number>();
  for (const id of topologicalOrder(graph).reverse()) {
    const starts = (graph.after.get(id) ?? []).map((later) => (latest.get(later) as number) - minutesOf(later));
    latest.set(id, Math.min(end, ...starts));
  }
  return latest;
}

function totals(phases: readonly Phase[]): PipelinePlan['totals'] {
  const sum = (part: 'tokens' | 'toolMinutes' | 'usdMicros') =>
    phases.reduce((total, { budget }) => total + budget[part], 0);
  return { tokens: sum('tokens'), toolMinutes: sum('toolMinutes'), usdMicros: sum('usdMicros') };
}
