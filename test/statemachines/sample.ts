// Machines to look at: made with readable ARNs, for a small pipeline with nested branches.

import type { Targets } from '../../statemachines/asl.ts';
import { WORKERS_AT_ONCE } from '../../statemachines/bounds.ts';
import { inParallel, inSeries, type Layout, leaf } from '../../statemachines/layout/tree.ts';
import { machines } from '../../statemachines/machines.ts';
import { fieldBytes } from '../../statemachines/proofs/field-bytes.ts';
import type { Proven } from '../../statemachines/proofs/rule.ts';

const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
const machineArn = (name: string) => `arn:aws:states:eu-west-1:111122223333:stateMachine:${name}`;
const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/111122223333/${name}`;

const targets: Targets = {
  partition: 'aws',
  functions: {
    open: functionArn('open'),
    phase: functionArn('phase'),
    plan: functionArn('plan'),
    aggregate: functionArn('aggregate'),
    gate: functionArn('gate'),
    supervise: functionArn('supervise'),
    close: functionArn('close'),
  },
  machines: {
    phase: machineArn('phase'),
    attempt: machineArn('attempt'),
    round: machineArn('round'),
    task: machineArn('task'),
  },
  queueUrls: { models: queueUrl('models'), tools: queueUrl('tools') },
};

/** intake; then pricing beside design, behind which frontend stands beside backend; then release. */
export const layout: Layout = inSeries([
  leaf('intake'),
  inParallel([leaf('pricing'), inSeries([leaf('design'), inParallel([leaf('frontend'), leaf('backend')])])]),
  leaf('release'),
]);

export function sampleMachines(of: Layout = layout) {
  return machines(targets, 'A sample', of);
}

/** What the proofs look at, with single definitions replaced. */
export function proven(
  replaced: Partial<Proven['definitions']> = {},
  phases: Proven['phases'] = [],
  workersAtOnce = WORKERS_AT_ONCE,
  sizes: Proven['fieldBytes'] = fieldBytes,
): Proven {
  const definitions = { ...sampleMachines(), ...replaced };
  return { definitions, machineArns: targets.machines, phases, workersAtOnce, fieldBytes: sizes };
}
