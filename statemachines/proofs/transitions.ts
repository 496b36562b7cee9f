// What a run costs in Step Functions when every gate passes at once and no task fails: each execution goes through its states once,
// its loop as often as it has waves or rounds. Counting both sides of every choice, it is never too low for such a run.

import type { Phase } from '../../core/pipeline/model.ts';
import type { Definition } from '../asl.ts';
import { statesOf } from '../asl.ts';
import { loopingStates } from '../flow-graph.ts';
import type { Proven } from './rule.ts';

/** Standard machines: 25 USD for a million transitions. */
const USD_MICROS_A_TRANSITION = 25;

/** Question, answer and validation: one round when all is answered. */
const CLARIFIERS = 3;

export interface RunCost {
  readonly transitions: number;
  readonly usdMicros: number;
}

export function runCost({ definitions, phases }: Pick<Proven, 'definitions' | 'phases'>): RunCost {
  const transitions = phases.reduce((sum, phase) => sum + ofPhase(definitions, phase), once(definitions.run));
  return { transitions, usdMicros: transitions * USD_MICROS_A_TRANSITION };
}

function ofPhase(definitions: Proven['definitions'], { mode, agents, clarification }: Phase): number {
  const inTurn = mode.kind === 'sequential' || mode.kind === 'iterative' ? agents.length : 1;
  const rounds = [roundOf(definitions, inTurn, agents.length)];
  if (clarification.rounds > 0) rounds.push(roundOf(definitions, CLARIFIERS, CLARIFIERS));
  const sum = rounds.reduce((total, round) => total + round, 0);
  return once(definitions.phase) + turning(definitions.attempt, rounds.length) + sum;
}

function roundOf(definitions: Proven['definitions'], waves: number, tasks: number): number {
  return turning(definitions.round, waves + 1) + tasks * once(definitions.task);
}

const once = (definition: Definition): number => statesOf(definition).length;

/** States of the loop as often as it turns. */
function turning(definition: Definition, turns: number): number {
  return once(definition) + (turns - 1) * loopingStates(definition).size;
}
