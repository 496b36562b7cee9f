// Stands in the place of agents/catalogue.ts in the simulator's bundles: the same agents by id, with the same reads, makes and
// worker class, whose work is drawn. How they behave is told by SIMULATION, in the worker's environment; where that is not
// set (plan, open, gate) only what the agents are counts. Agents that no pipeline names stay what they are.

import type { Agent } from '../../agents/sdk/agent.ts';
import { type Behaviour, behave } from './behave.ts';
import { findAgent as findReal, everyAgent as realAgents, agentIds as realIds } from './contracts.ts';

const behaviour = JSON.parse(process.env.SIMULATION ?? 'null') as Behaviour | null;

export const agentIds: readonly string[] = realIds;
export const everyAgent: readonly Agent[] = realAgents;

const named = new Set(agentIds);

/** @throws BadInput when the catalogue has no agent of this id. */
export function findAgent(id: string): Agent {
  const { prepare: _, ...agent } = findReal(id);
  if (!named.has(id) || behaviour === null) return findReal(id);
  return { ...agent, run: (ctx) => behave(ctx, agent, behaviour) };
}
