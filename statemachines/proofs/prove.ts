// Proves the machines of a pipeline before anything of them is deployed.

import { IdeaMineError } from '../../core/errors.ts';
import type { Pipeline } from '../../core/pipeline/model.ts';
import type { Targets } from '../asl.ts';
import { WORKERS_AT_ONCE } from '../bounds.ts';
import type { Layout } from '../layout/tree.ts';
import { machines } from '../machines.ts';
import { answerRateFits } from './answer-rate-fits.ts';
import { callIsBounded } from './call-is-bounded.ts';
import { callbackIsBounded } from './callback-is-bounded.ts';
import { callbackIsCaught } from './callback-is-caught.ts';
import { costFits } from './cost-fits.ts';
import { definitionFits } from './definition-fits.ts';
import { everyPathEnds } from './every-path-ends.ts';
import { fieldBytes } from './field-bytes.ts';
import { heartbeatIsShorter } from './heartbeat-is-shorter.ts';
import { historyFits } from './history-fits.ts';
import { loopsStandAlone } from './loops-stand-alone.ts';
import { payloadFits } from './payload-fits.ts';
import { phasesStayInBounds } from './phases-stay-in-bounds.ts';
import type { Proven, Rule } from './rule.ts';
import { scheduleRateFits } from './schedule-rate-fits.ts';
import { startRateFits } from './start-rate-fits.ts';
import { timeoutsNest } from './timeouts-nest.ts';
import { waitFitsFence } from './wait-fits-fence.ts';

const RULES: readonly Rule[] = [
  answerRateFits,
  callIsBounded,
  callbackIsBounded,
  callbackIsCaught,
  costFits,
  definitionFits,
  everyPathEnds,
  heartbeatIsShorter,
  historyFits,
  loopsStandAlone,
  payloadFits,
  phasesStayInBounds,
  scheduleRateFits,
  startRateFits,
  timeoutsNest,
  waitFitsFence,
];

/** @throws IdeaMineError `IdeaMine.Unprovable` naming for every violation machine, state, rule, value, limit and fix. */
export function proveMachines(pipeline: Pipeline, layout: Layout): void {
  const targets = longestTargets();
  const definitions = machines(targets, pipeline.title, layout);
  const lines = violationsOf({
    definitions,
    phases: pipeline.phases,
    workersAtOnce: WORKERS_AT_ONCE,
    fieldBytes,
    machineArns: targets.machines,
  });
  if (lines.length === 0) return;
  throw new IdeaMineError('IdeaMine.Unprovable', ['the state machines cannot be deployed:', ...lines].join('\n'));
}

/** One line for each violation. */
export function violationsOf(proven: Proven): string[] {
  return RULES.flatMap(({ id, check }) =>
    check(proven).map(({ machine, state, found, limit, fix }) => {
      const place = state === undefined ? machine : `${machine} / ${state}`;
      return `  ${place}: found ${found}, allowed ${limit}; ${fix} [${id}]`;
    }),
  );
}

/** ARNs as long as AWS lets names be, so that the size of a definition is not measured on short ones. */
function longestTargets(): Targets {
  const arn = (name: string) => `${name}-`.padEnd(170, 'x');
  return {
    partition: 'aws-us-gov',
    functions: {
      open: arn('open'),
      phase: arn('phase'),
      plan: arn('plan'),
      aggregate: arn('aggregate'),
      gate: arn('gate'),
      supervise: arn('supervise'),
      close: arn('close'),
    },
    machines: { phase: arn('phase'), attempt: arn('attempt'), round: arn('round'), task: arn('task') },
    queueUrls: { models: arn('models'), tools: arn('tools') },
  };
}
