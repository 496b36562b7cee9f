// Turns a phase into waves of tasks, one round's worth, by the phase's mode. Waves run one after the other.
//   sequential, iterative   one wave for each agent, in declared order
//   parallel, atMost, partial   one wave with all agents; who waits for another stands in a wave after it
// An iterative phase runs these waves once a round until an agent says done.

import { DEFAULT_MAX_ROUNDS, type Mode, type Phase, type PipelineAgent } from '../pipeline/model.ts';
import { tasksOf } from './shards.ts';
import type { TaskSpec, Wave } from './task-spec.ts';

/**
 * @param listLengths for each `shard.over` of the phase, how many items the list has.
 * @throws BadInput when a sharded list's length is missing.
 */
export function wavesOf(phase: Phase, listLengths: Readonly<Record<string, number>> = {}): Wave[] {
  return groupsOf(phase).map((agents, index) => {
    const tasks = agents.flatMap((agent) => tasksOf(agent, listLengths));
    return { wave: index + 1, concurrency: concurrencyOf(phase.mode, agents, tasks), tasks };
  });
}

function groupsOf(phase: Phase): readonly (readonly PipelineAgent[])[] {
  const oneByOne = phase.mode.kind === 'sequential' || phase.mode.kind === 'iterative';
  return oneByOne ? phase.agents.map((agent) => [agent]) : byWaiting(phase.agents);
}

/** Agents only wait for those before them (core/pipeline/rules/after-earlier.ts). */
function byWaiting(agents: readonly PipelineAgent[]): PipelineAgent[][] {
  const groups: PipelineAgent[][] = [];
  const placeOf = new Map<string, number>();
  for (const agent of agents) {
    const place = Math.max(0, ...(agent.after ?? []).map((id) => (placeOf.get(id) ?? -1) + 1));
    placeOf.set(agent.id, place);
    groups[place] = [...(groups[place] ?? []), agent];
  }
  return groups;
}

/** A limit is a limit: where a list may have fewer tasks at once than the mode allows, the whole wave keeps to that. */
function concurrencyOf(mode: Mode, agents: readonly PipelineAgent[], tasks: readonly TaskSpec[]): number {
  const limits = agents
    .filter(({ id, shard }) => shard !== undefined && tasks.filter(({ agent }) => agent === id).length > shard.atMost)
    .map(({ shard }) => shard?.atMost ?? 1);
  return Math.max(1, Math.min(byMode(mode, tasks.length), ...limits));
}

function byMode(mode: Mode, tasks: number): number {
  if (mode.kind === 'atMost') return Math.min(mode.atMost ?? 1, tasks);
  if (mode.kind === 'partial') return Math.ceil(tasks / 2);
  return tasks;
}

/** Whether an iterative phase goes on to another round after `round`. Other modes have one round. */
export function anotherRound(mode: Mode, round: number, done: boolean): boolean {
  return mode.kind === 'iterative' && !done && round < (mode.maxRounds ?? DEFAULT_MAX_ROUNDS);
}
