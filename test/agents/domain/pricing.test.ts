import { describe, expect, it } from '@jest/globals';
import { gapsOf, project, statedPrices, totals } from '../../../agents/domain/pricing.ts';
import { statedFigures } from '../../../agents/text/figures.ts';
import { passagesOf } from '../../../agents/text/passages.ts';
import type { Figure } from '../../../core/artifacts/idea-spec.ts';

function figuresOf(text: string): Figure[] {
  return statedFigures(passagesOf('Idea', text)).map(({ value, unit, passage }, at) => ({
    id: `F${at + 1}`,
    statement: { text: passage.text, cites: [passage.cite] },
    value,
    unit,
  }));
}

const NOBODY = new Set<string>();

describe('stated prices', () => {
  it.each([
    [
      'Libraries would pay 12 GBP a month per library for it.',
      { kind: 'income', currency: 'GBP', amountMicros: 12_000_000, period: 'month', perUnit: 'library' },
    ],
    [
      'A grower pays 9 EUR a month.',
      { kind: 'income', currency: 'EUR', amountMicros: 9_000_000, period: 'month', perUnit: 'grower' },
    ],
    [
      'Hosting costs about £1,900 a year.',
      { kind: 'cost', currency: 'GBP', amountMicros: 1_900_000_000, period: 'year', perUnit: '' },
    ],
    [
      'One text message costs 0.07 EUR.',
      { kind: 'cost', currency: 'EUR', amountMicros: 70_000, period: 'once', perUnit: '' },
    ],
  ])('%s', (text, expected) => {
    expect(statedPrices(figuresOf(text), NOBODY)[0]).toMatchObject(expected);
  });

  it('is nobody else’s price', () => {
    const text = 'Their program costs 95 GBP a month.';
    expect(statedPrices(figuresOf(text), new Set([text]))[0]?.kind).toBe('unknown');
  });
});

describe('the arithmetic', () => {
  const figures = figuresOf(
    'A library pays 12 EUR a month. 9 libraries asked for it, of 74 libraries. Hosting costs 40 EUR a month.',
  );
  const prices = statedPrices(figures, NOBODY);
  const projections = project(prices, figures);

  it('multiplies a price by the stated numbers of its unit', () => {
    expect(projections.map(({ quantity, amountMicros }) => [quantity, amountMicros])).toEqual([
      [9, 108_000_000],
      [74, 888_000_000],
    ]);
  });

  it('adds up by side, currency and period, taking the cautious quantity', () => {
    expect(totals(prices, projections)).toEqual([
      { kind: 'income', currency: 'EUR', period: 'month', amountMicros: 108_000_000, parts: ['PJ1'] },
      { kind: 'cost', currency: 'EUR', period: 'month', amountMicros: 40_000_000, parts: ['PR2'] },
    ]);
  });

  it('names what is missing', () => {
    expect(gapsOf([], [])).toEqual(['no amount of money is stated']);
    const alone = statedPrices(figuresOf('A library pays 12 EUR a month.'), NOBODY);
    expect(gapsOf(alone, [])).toEqual(['PR1 is per library, and no number of them is stated']);
  });
});
