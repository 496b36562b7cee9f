import { judged } from '../judged.ts';

export const revenueConfidence = judged(
  'revenue-confidence',
  'how far stated prices and quantities, rather than hopes, support the revenue',
);
