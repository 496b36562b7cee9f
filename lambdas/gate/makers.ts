// Agents that could make what a phase lacks: of the catalogue, not yet in the phase, and able to work with what it has.

import type { Agent } from '../../agents/sdk/agent.ts';
import { IDEA, type Phase } from '../../core/pipeline/model.ts';

export function makersOf(agents: readonly Agent[], phase: Phase, types: readonly string[]): string[] {
  const own = new Set(phase.agents.map(({ id }) => id));
  const readable = new Set<string>([IDEA, ...phase.needs, ...phase.makes]);
  return agents
    .filter(({ id, makes, reads }) => {
      const helps = makes.some((type) => types.includes(type)) && makes.every((type) => phase.makes.includes(type));
      return !own.has(id) && helps && reads.every((type) => readable.has(type));
    })
    .map(({ id }) => id);
}
