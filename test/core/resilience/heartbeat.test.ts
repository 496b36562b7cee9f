import { expect, it } from '@jest/globals';
import { isStalled, staleAfterMs } from '../../../core/resilience/heartbeat.ts';

const claimed = { status: 'claimed', phase: 'prd', heartbeatAt: 1_000_000 };

it('is a stall after three silent beats, five in security', () => {
  expect(staleAfterMs('prd')).toBe(180_000);
  expect(staleAfterMs('security')).toBe(300_000);
  expect(staleAfterMs('constructor')).toBe(180_000);
  expect(isStalled(claimed, 1_179_999)).toBe(false);
  expect(isStalled(claimed, 1_180_000)).toBe(true);
  expect(isStalled({ ...claimed, phase: 'security' }, 1_299_999)).toBe(false);
  expect(isStalled({ ...claimed, phase: 'security' }, 1_300_000)).toBe(true);
});

it.each(['planned', 'continuing', 'committed', 'failed', 'superseded'])('is none while a task is %s', (status) => {
  expect(isStalled({ ...claimed, status }, 99_000_000)).toBe(false);
});
