// Lambda: environments killed before and after what they write and say, out of memory, timed out, paused, started slowly,
// throttled; invocations whose outcome is lost; clocks that are off.

import type { CallDescription } from '../../local/faults.ts';
import { AwsError } from '../../local/service.ts';
import { type FaultKind, isHandler, isWorker, minutes } from './kind.ts';

const WRITES = new Set(['PutItem', 'UpdateItem', 'TransactWriteItems']);
const writes = (call: CallDescription): boolean =>
  isWorker(call) && call.service === 'DynamoDB' && WRITES.has(call.operation);
const signals = (call: CallDescription): boolean =>
  isWorker(call) && /^SendTask(Success|Failure)$/.test(call.operation);
const isLedger = ({ function: name }: { readonly function: string }): boolean => name.endsWith('-ledger');

const kill = (
  id: string,
  when: 'before' | 'after',
  matches: (call: CallDescription) => boolean,
  most: number,
): FaultKind => ({ id, at: 'call', most, matches, harm: () => ({ kind: 'kill', when }) });

export const functionFaults: readonly FaultKind[] = [
  kill('worker-killed-before-write', 'before', writes, 90),
  kill('worker-killed-after-write', 'after', writes, 90),
  kill('worker-killed-before-signal', 'before', signals, 15),
  kill('worker-killed-after-signal', 'after', signals, 15),
  kill('handler-killed-before-call', 'before', isHandler, 250),
  kill('handler-killed-after-call', 'after', isHandler, 250),
  {
    id: 'worker-out-of-memory',
    at: 'call',
    most: 150,
    matches: isWorker,
    harm: () => ({ kind: 'kill', when: 'before', reason: 'signal: killed (OutOfMemory)' }),
  },
  {
    id: 'function-timed-out',
    at: 'call',
    most: 300,
    matches: ({ environment }) => environment !== undefined,
    harm: () => ({ kind: 'delay', ms: 16 * 60_000 }),
  },
  {
    id: 'worker-paused',
    at: 'call',
    most: 150,
    matches: isWorker,
    harm: (draw) => ({ kind: 'pause', ms: minutes(draw('pause'), 2, 14) }),
  },
  {
    id: 'lambda-refused',
    at: 'inside',
    most: 30,
    matches: ({ service, operation, principal = '' }) =>
      service === 'Lambda' && operation === 'Invoke' && !principal.includes('Timers'),
    harm: () => ({ kind: 'refuse', error: new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429) }),
  },
  {
    id: 'lambda-throttled',
    at: 'invocation',
    most: 60,
    matches: ({ function: name }) => name.includes('worker-') || name.endsWith('-ledger') || name.endsWith('-sweep'),
    harm: () => ({ kind: 'throttle' }),
  },
  {
    id: 'cold-start',
    at: 'invocation',
    most: 80,
    matches: () => true,
    harm: (draw) => ({ kind: 'slow-start', ms: minutes(draw('start'), 0.1, 1) }),
  },
  {
    id: 'outcome-lost',
    at: 'invocation',
    most: 80,
    matches: (invocation) => !isLedger(invocation),
    harm: () => ({ kind: 'lost-outcome' }),
  },
  {
    id: 'stream-late',
    at: 'invocation',
    most: 25,
    matches: isLedger,
    harm: (draw) => ({ kind: 'slow-start', ms: minutes(draw('late'), 0.2, 8) }),
  },
  { id: 'stream-twice', at: 'invocation', most: 25, matches: isLedger, harm: () => ({ kind: 'lost-outcome' }) },
  { id: 'clock-skewed', at: 'clock', most: 12, skewMs: (draw) => Math.round((draw('skew') - 0.5) * 80_000) },
];
