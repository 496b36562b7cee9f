// The agents a pipeline may name, one file each under catalogue/.

import { BadInput } from '../core/errors.ts';
import { assumptionChallenger } from './catalogue/assumption-challenger.ts';
import { competitive } from './catalogue/competitive.ts';
import { constraints } from './catalogue/constraints.ts';
import { critique } from './catalogue/critique.ts';
import { intake } from './catalogue/intake.ts';
import { persona } from './catalogue/persona.ts';
import { requirements } from './catalogue/requirements.ts';
import { riskAnalysis } from './catalogue/risk-analysis.ts';
import { strategy } from './catalogue/strategy.ts';
import { techStack } from './catalogue/tech-stack.ts';
import type { Agent } from './sdk/agent.ts';

const agents: readonly Agent[] = [
  ...[intake, constraints, requirements],
  ...[strategy, competitive, techStack, persona],
  ...[critique, riskAnalysis, assumptionChallenger],
];

const byId = new Map(agents.map((agent) => [agent.id, agent]));

/** In the order of the built-in pipeline. */
export const agentIds: readonly string[] = [...byId.keys()];

/** @throws BadInput when the catalogue has no agent of this id. */
export function findAgent(id: string): Agent {
  const agent = byId.get(id);
  if (agent === undefined) throw new BadInput(`expected an agent of the catalogue, found ${id}`);
  return agent;
}
