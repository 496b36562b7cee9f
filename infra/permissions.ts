// Who may do what: for every function, the grants of its role beside logging and tracing.
// Entries of the ledger are put by one function and updated or deleted by none.

import type { FunctionName } from './names.ts';
import { type Powers, powersOver, type Things } from './powers.ts';
import type { Grant } from './roles.ts';

export function permissionsOf(name: FunctionName, things: Things): Grant[] {
  return PERMISSIONS[name](powersOver(things), things);
}

const PERMISSIONS: Readonly<Record<FunctionName, (can: Powers, things: Things) => Grant[]>> = {
  open: (can) => [
    can.rows('get', 'put', 'update'),
    can.readObjects('ideas', 'pipelines'),
    can.missObjects,
    can.writeObjects('pipelines', 'runs'),
    can.schedule,
    can.reschedule,
    can.passSchedulerRole,
  ],
  phase: (can) => [
    can.rows('get', 'query', 'put', 'update'),
    can.readObjects('pipelines'),
    can.schedule,
    can.reschedule,
    can.unschedule,
    can.passSchedulerRole,
  ],
  plan: (can) => [
    can.rows('get', 'query', 'put', 'update'),
    can.readObjects('pipelines', 'runs'),
    can.writeObjects('runs'),
  ],
  'worker-models': (can, { queues }) => worker(can, queues.models.queue),
  'worker-tools': (can, { queues }) => [...worker(can, queues.tools.queue), ...can.measure],
  aggregate: (can) => [
    can.rows('get', 'query', 'put', 'update'),
    can.readObjects('pipelines', 'runs'),
    can.writeObjects('runs'),
  ],
  gate: (can) => [
    can.rows('get', 'query', 'put', 'update'),
    can.readObjects('pipelines', 'runs'),
    can.writeObjects('runs'),
  ],
  supervise: (can) => [can.rows('get', 'query', 'put', 'update'), can.readObjects('pipelines')],
  sweep: (can) => [
    can.rows('get', 'query', 'put', 'update'),
    can.index,
    can.answer('success', 'failure'),
    can.schedule,
    can.passSchedulerRole,
    can.unschedule,
  ],
  dlq: (can, { queues }) => [
    can.rows('put'),
    can.consume(queues.models.deadLetters, queues.tools.deadLetters),
    can.answer('failure'),
  ],
  timer: (can) => [can.rows('get', 'query', 'put', 'update'), can.stopRuns],
  ledger: (can, { ledgerDeadLetters }) => [
    can.followStream,
    can.listStreams,
    can.rows('get', 'query', 'put'),
    can.entries('get', 'query', 'put'),
    can.publish,
    can.send(ledgerDeadLetters),
  ],
  seal: (can) => [
    can.rows('query', 'put'),
    can.entries('query'),
    can.readSealed,
    can.missSealed,
    can.seal,
    ...can.sign,
  ],
  close: (can) => [
    can.rows('get', 'query', 'put', 'update', 'delete'),
    can.entries('get', 'query'),
    can.readObjects('pipelines', 'runs'),
    can.writeObjects('runs'),
    can.unschedule,
    ...can.sign,
  ],
  metrics: (can) => [can.rows('get', 'query', 'put'), can.readObjects('runs')],
  publish: (can) => [can.rows('get', 'put', 'update'), can.readObjects('runs'), can.writeObjects('runs'), ...can.sign],
};

/** A worker puts its own message back when its time is over, so it may send to the queue it is fed from. */
function worker(can: Powers, queue: string): Grant[] {
  return [
    can.rows('get', 'query', 'put', 'update', 'check'),
    can.readObjects('pipelines', 'runs'),
    can.writeObjects('runs'),
    can.consume(queue),
    can.send(queue),
    can.answer('success', 'failure', 'heartbeat'),
    ...can.askModels,
  ];
}
