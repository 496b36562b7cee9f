import { expect, it } from '@jest/globals';
import { numberEvents } from '../../../core/ledger/event.ts';

it('numbers events after the last, in the order they happened', () => {
  const at = '2026-11-22T12:00:00.000Z';
  const events = numberEvents(4, 'run-1', at, [
    { type: 'phase.started', phase: 'prd' },
    { type: 'run.budget', detail: { percent: 50 } },
  ]);
  expect(events).toEqual([
    { runId: 'run-1', seq: 5, at, type: 'phase.started', phase: 'prd', detail: {} },
    { runId: 'run-1', seq: 6, at, type: 'run.budget', detail: { percent: 50 } },
  ]);
});
