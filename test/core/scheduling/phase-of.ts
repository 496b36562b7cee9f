// A phase for scheduling tests: only what waves look at is of interest.

import type { Mode, Phase, PipelineAgent } from '../../../core/pipeline/model.ts';

export const agentOf = (id: string, rest: Partial<PipelineAgent> = {}): PipelineAgent => ({
  id,
  tier: 'standard',
  tools: [],
  ...rest,
});

export function phaseOf(mode: Mode, agents: readonly PipelineAgent[]): Phase {
  return {
    id: 'build',
    title: 'Build',
    needs: [],
    makes: [],
    mode,
    aggregation: { kind: 'merge' },
    agents,
    budget: { tokens: 1000, toolMinutes: 1, wallMinutes: 1, usdMicros: 1_000_000 },
    gate: { minimum: 0.5, tries: 3, guards: [], weights: {} },
    clarification: { questions: 0, grounding: 0, rounds: 0 },
    retry: { attempts: 3, baseMs: 1000 },
  };
}
