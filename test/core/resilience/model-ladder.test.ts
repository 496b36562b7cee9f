import { expect, it } from '@jest/globals';
import { modelLadder, tierOnRung } from '../../../core/resilience/model-ladder.ts';

const models = {
  fast: { provider: 'a', model: 'a-1' },
  strong: { provider: 'b', model: 'b-1' },
  judge: { provider: 'b', model: 'b-2' },
  spare: { provider: 'a', model: 'a-2' },
  same: { provider: 'a', model: 'a-1' },
};

it('begins with the agent’s own tier, then those of its provider, then the others; never the judge, no model twice', () => {
  expect(modelLadder(models, 'fast')).toEqual(['fast', 'spare', 'strong']);
  expect(modelLadder(models, 'strong')).toEqual(['strong', 'fast', 'spare']);
});

it('stays on the last rung', () => {
  expect([0, 1, 2, 9].map((rung) => tierOnRung(models, 'fast', rung))).toEqual(['fast', 'spare', 'strong', 'strong']);
});
