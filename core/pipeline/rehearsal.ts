// Stretches a pipeline so that a rehearsal takes as long as a run with real models would: wall budgets are scaled to the
// hours asked for, and every agent is paced so that its phase fills most of its budget. Pure; the seed only varies the pace.

import { criticalPath } from '../graph/critical-path.ts';
import { phaseGraph } from '../graph/phase-graph.ts';
import { sha256 } from '../json.ts';
import type { Mode, Phase, Pipeline } from './model.ts';

const MINUTE_MS = 60_000;
/** An agent takes between 80 % and 98 % of its share of the wall budget, so that no phase runs out of time by itself. */
const LEAST_SHARE_PERMILLE = 800;
const MOST_SHARE_PERMILLE = 980;
/** Rounds an iterative phase is expected to take when its wall budget is split over them. */
const EXPECTED_ROUNDS = 4;

/** @param hours expected length of the critical path, more than 0. */
export function stretch(pipeline: Pipeline, hours: number, seed: number): Pipeline {
  const minutes = new Map(pipeline.phases.map((phase) => [phase.id, phase.budget.wallMinutes]));
  const path = criticalPath(phaseGraph(pipeline.phases), (id) => minutes.get(id) ?? 0);
  const factor = (hours * 60) / path.length;
  return { ...pipeline, phases: pipeline.phases.map((phase) => stretchPhase(phase, factor, seed)) };
}

function stretchPhase(phase: Phase, factor: number, seed: number): Phase {
  const wallMinutes = Math.max(1, Math.round(phase.budget.wallMinutes * factor));
  const inARow = tasksInARow(phase.mode, phase.agents.length);
  return {
    ...phase,
    budget: { ...phase.budget, wallMinutes },
    agents: phase.agents.map((agent) => ({
      ...agent,
      paceMs: Math.floor(((wallMinutes * MINUTE_MS) / inARow / 1000) * sharePermille(seed, phase.id, agent.id)),
    })),
  };
}

/** Tasks that must follow one another for the phase to end. */
function tasksInARow(mode: Mode, agents: number): number {
  if (mode.kind === 'sequential') return agents;
  if (mode.kind === 'atMost') return Math.ceil(agents / (mode.atMost ?? 1));
  if (mode.kind === 'partial') return 2;
  if (mode.kind === 'iterative') return agents * EXPECTED_ROUNDS;
  return 1;
}

function sharePermille(seed: number, phase: string, agent: string): number {
  const drawn = Number.parseInt(sha256(`${seed}/${phase}/${agent}`).slice(0, 8), 16);
  return LEAST_SHARE_PERMILLE + (drawn % (MOST_SHARE_PERMILLE - LEAST_SHARE_PERMILLE + 1));
}
