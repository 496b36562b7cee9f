import { judged } from '../judged.ts';

export const feasibility = judged(
  'feasibility',
  'can it be built with the proposed stack, by the people and within the limits the idea states',
);
