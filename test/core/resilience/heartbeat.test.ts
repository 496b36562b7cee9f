import { expect, it } from '@jest/globals';
import { LEAST_STALE_MS, staleAfterMs } from '../../../core/resilience/heartbeat.ts';

it('lets a claim be stale after three silent beats, five in security', () => {
  expect(staleAfterMs('prd')).toBe(180_000);
  expect(staleAfterMs('security')).toBe(300_000);
  expect(staleAfterMs('constructor')).toBe(180_000);
  expect(LEAST_STALE_MS).toBe(180_000);
});
