// The questions that have an answer, by name.

import { open, running, runs, timers } from './now.ts';
import { cost, gateHistory, tasks, timeline } from './one-run.ts';
import { costByPhase, gates, phaseDuration, phaseDurations, success } from './over-time.ts';
import type { Question } from './question.ts';

export const QUESTIONS: readonly Question[] = [
  running,
  open,
  timers,
  runs,
  tasks,
  timeline,
  cost,
  gateHistory,
  phaseDurations,
  phaseDuration,
  costByPhase,
  gates,
  success,
];
