import { expect, it } from '@jest/globals';
import { LEAST_STALE_MS, staleAfterMs } from '../../../core/resilience/heartbeat.ts';

it('lets a claim be stale after three silent beats, or as many more as its phase says', () => {
  expect(staleAfterMs()).toBe(180_000);
  expect(staleAfterMs(5)).toBe(300_000);
  expect(LEAST_STALE_MS).toBe(180_000);
});

it('lets no phase be less patient than the sweep looks', () => {
  expect(staleAfterMs(1)).toBe(LEAST_STALE_MS);
});
