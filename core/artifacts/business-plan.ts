// BusinessPlan (bizdev): who pays for what, what it costs, and what shows that it works.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const businessMetricSchema = z.strictObject({
  id: id('M'),
  statement: claim(
    'metric: goal, what is counted or measured to see that it works: at least, at most, fall, halve, within, success',
    GROUNDS.target,
  ),
  target: z.number().nullable().describe('the value to reach as the statement gives it; null when it gives none'),
  unit: z.string().describe('unit of the target; empty when there is none'),
});

export const businessPlanSchema = z.strictObject({
  model: claim(
    'business model: who pays for it, how it earns or is funded: pay, fee, grant, subscription, free',
    GROUNDS.revenue,
  ),
  segments: claims('customer segment: who it is for, organisation, group, customers', 4),
  revenue: claims('revenue: payment, price, fee, subscription, grant, income', 4, GROUNDS.revenue),
  costs: claims('cost: what must be paid for: hosting, staff, hardware, budget, expense', 4, GROUNDS.cost),
  metrics: z.array(businessMetricSchema).describe('what is watched, with targets where the sources give them'),
});
