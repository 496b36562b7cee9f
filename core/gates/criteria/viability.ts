import { judged } from '../judged.ts';

export const viability = judged(
  'viability',
  'does the business model carry its costs at the scale the idea states, and who pays',
);
