import { judged } from '../judged.ts';

export const scalability = judged(
  'scalability',
  'does the architecture hold at the stated numbers and at ten times them, and what gives way first',
);
