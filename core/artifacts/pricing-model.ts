// PricingModel (bizdev): the prices the sources state and the arithmetic that follows from them. No invented prices.
// Amounts are integers in millionths of the currency's main unit.

import { z } from 'zod';
import { claim } from './claim.ts';
import { id, text } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const periods = ['once', 'day', 'week', 'month', 'year', 'use'] as const;

const micros = (description: string) => z.int().describe(`${description}, in millionths of the currency's unit`);

const priceSchema = z.strictObject({
  id: id('PR'),
  statement: claim('the sentence that states the price'),
  kind: z
    .enum(['income', 'cost', 'unknown'])
    .describe('whether the amount is earned or spent, as far as the sentence says'),
  currency: z.string().describe('ISO 4217 code of the currency as the sentence marks it'),
  amountMicros: micros('the amount'),
  period: z.enum(periods).describe('how often the amount is due'),
  perUnit: z.string().describe('what the amount is for one of, such as library; empty when it is for the whole'),
});

const projectionSchema = z.strictObject({
  id: id('PJ'),
  price: id('PR'),
  figure: id('F').describe('the stated figure that gives the quantity'),
  quantity: z.number().describe('the value of that figure'),
  amountMicros: micros('quantity times the amount of the price, to the nearest millionth'),
  currency: z.string().describe('ISO 4217 code, as the price has it'),
  period: z.enum(periods).describe('how often, as the price has it'),
});

const pricingTotalSchema = z.strictObject({
  kind: z.enum(['income', 'cost']).describe('which side it sums'),
  currency: z.string().describe('ISO 4217 code'),
  period: z.enum(periods).describe('period of all its parts'),
  amountMicros: micros('sum of the projections, and of the prices that are for the whole'),
  parts: z.array(z.string()).describe('ids of the projections and prices summed'),
});

export const pricingModelSchema = z.strictObject({
  strategy: claim(
    'pricing: what users or organisations pay, free, fee, subscription, price per month or year',
    GROUNDS.revenue,
  ),
  prices: z.array(priceSchema).describe('every amount of money the sources state'),
  projections: z.array(projectionSchema).describe('prices per unit times stated quantities of that unit'),
  totals: z.array(pricingTotalSchema).describe('sums by side, currency and period'),
  gaps: z.array(text('what keeps the arithmetic from being complete')).describe('named gaps of the pricing'),
});

export type PricingModel = z.infer<typeof pricingModelSchema>;
export type Price = z.infer<typeof priceSchema>;
