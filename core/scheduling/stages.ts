// What an attempt does after its own agents are done, in further rounds of the same machine: clarify what they left open,
// then have what only an opinion can tell judged. The agents of a stage stand in every phase, whatever its pipeline names.

import type { Phase, PipelineAgent } from '../pipeline/model.ts';

export type Stage = 'clarify' | 'judge';

/** Tier whose model judges, where a pipeline has one. */
export const JUDGE_TIER = 'judge';
/** Questions of one answering task, and such tasks side by side. */
const ANSWERS = { over: 'Clarification.questions', size: 10, atMost: 4 };

/** The phase as one round of the stage runs it: its agents one after the other, their papers merged. */
export function stagePhase(phase: Phase, stage: Stage): Phase {
  return {
    ...phase,
    mode: { kind: 'sequential' },
    // Answers of several tasks add up; whoever writes a list of its own writes it alone.
    aggregation: { kind: 'concat' },
    agents: agentsOf(phase, stage),
  };
}

/** The agent as the phase has it: declared, standing, or from the second attempt on added by a fix, without tools. */
export function agentIn(phase: Phase, id: string, attempt = 1): PipelineAgent | undefined {
  const known = [...phase.agents, ...agentsOf(phase, 'clarify'), ...agentsOf(phase, 'judge')];
  const added: PipelineAgent | undefined =
    attempt > 1 ? { id, tier: phase.agents[0]?.tier ?? '', tools: [] } : undefined;
  return known.find((agent) => agent.id === id) ?? added;
}

/** Whether an agent of this id belongs to the phase's own work. */
export const isOwnAgent = (phase: Phase, id: string): boolean => phase.agents.some((agent) => agent.id === id);

function agentsOf(phase: Phase, stage: Stage): PipelineAgent[] {
  if (stage === 'judge') return [{ id: 'judge', tier: JUDGE_TIER, tools: [] }];
  const tier = phase.agents[0]?.tier ?? '';
  return [
    { id: 'clarify-question', tier, tools: [] },
    { id: 'clarify-answer', tier, tools: [], shard: ANSWERS },
    { id: 'clarify-validation', tier, tools: [] },
  ];
}
