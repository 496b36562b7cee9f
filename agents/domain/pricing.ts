// The arithmetic of the amounts of money that a text states. No amount is made up: a price is a stated one, a
// projection multiplies a stated price by a stated quantity of the same unit.

import type { Figure } from '../../core/artifacts/idea-spec.ts';
import type { Price, PricingModel } from '../../core/artifacts/pricing-model.ts';
import { citing } from '../drafting/citing.ts';
import { countPhrases, stem } from '../text/terms.ts';

const CURRENCIES: Readonly<Record<string, string>> = {
  ...{
    EUR: 'EUR',
    USD: 'USD',
    GBP: 'GBP',
    CHF: 'CHF',
    SEK: 'SEK',
    NOK: 'NOK',
    DKK: 'DKK',
    PLN: 'PLN',
    CAD: 'CAD',
    AUD: 'AUD',
  },
  ...{ euro: 'EUR', euros: 'EUR', dollar: 'USD', dollars: 'USD', pounds: 'GBP', francs: 'CHF' },
};
const INCOME = [
  'pay',
  'pays',
  'sold',
  'membership',
  'subscription',
  'fee',
  'fees',
  'earns',
  'brings in',
  'grant',
  'charge',
  'sponsor',
];
const COST = ['cost', 'costs', 'budget', 'hosting', 'expense', 'spend', 'spends', 'salary', 'rent'];
const MICROS = 1_000_000;

type Projection = PricingModel['projections'][number];
type Total = PricingModel['totals'][number];

/** Prices among the figures of the PRD, cited there. What `others` (statements on existing ways) say is not our price. */
export function statedPrices(figures: readonly Figure[], others: ReadonlySet<string>): Price[] {
  return figures
    .flatMap((figure, at) => {
      const currency = CURRENCIES[figure.unit];
      if (currency === undefined) return [];
      const after = afterAmount(figure);
      return [
        {
          statement: citing('PRD', `/figures/${at}/statement`, figure.statement),
          kind: others.has(figure.statement.text) ? ('unknown' as const) : kindOf(figure.statement.text),
          currency,
          amountMicros: Math.round(figure.value * MICROS),
          period: periodOf(after),
          perUnit: unitOf(after, figure.statement.text),
        },
      ];
    })
    .map((price, at) => ({ id: `PR${at + 1}`, ...price }));
}

export function project(prices: readonly Price[], figures: readonly Figure[]): Projection[] {
  return prices
    .filter(({ perUnit }) => perUnit !== '')
    .flatMap((price) =>
      figures
        .filter(({ unit, value }) => stem(unit) === stem(price.perUnit) && Number.isInteger(value))
        .map((figure) => ({
          price: price.id,
          figure: figure.id,
          quantity: figure.value,
          amountMicros: Math.round(figure.value * price.amountMicros),
          currency: price.currency,
          period: price.period,
        })),
    )
    .map((projection, at) => ({ id: `PJ${at + 1}`, ...projection }));
}

/** Sums by side, currency and period. Of several quantities of one unit the smallest is taken: the cautious reading. */
export function totals(prices: readonly Price[], projections: readonly Projection[]): Total[] {
  const sums = new Map<string, Total>();
  for (const price of prices) {
    const cautious = projections
      .filter((one) => one.price === price.id)
      .reduce<Projection | null>(
        (least, one) => (least === null || one.amountMicros < least.amountMicros ? one : least),
        null,
      );
    const part = price.perUnit === '' ? price : cautious;
    if (part === null || price.kind === 'unknown') continue;
    const key = `${price.kind} ${price.currency} ${price.period}`;
    const { kind, currency, period } = price;
    const sum = sums.get(key) ?? { kind, currency, period, amountMicros: 0, parts: [] };
    sums.set(key, { ...sum, amountMicros: sum.amountMicros + part.amountMicros, parts: [...sum.parts, part.id] });
  }
  return [...sums.values()];
}

export function gapsOf(prices: readonly Price[], projections: readonly Projection[]): string[] {
  if (prices.length === 0) return ['no amount of money is stated'];
  return prices
    .filter(({ id, perUnit }) => perUnit !== '' && !projections.some(({ price }) => price === id))
    .map(({ id, perUnit }) => `${id} is per ${perUnit}, and no number of them is stated`);
}

/** What the sentence says after the amount, up to the next number. */
function afterAmount({ value, statement }: Figure): string {
  const forms = [String(value), value.toLocaleString('en-US')];
  const at = Math.max(...forms.map((form) => statement.text.indexOf(form)));
  const form = forms.find((one) => statement.text.startsWith(one, at)) ?? '';
  return statement.text.slice(at + form.length).split(/\d/)[0] ?? '';
}

function periodOf(after: string): Price['period'] {
  const match = /^[^,;.]{0,12}?\b(?:an?|per|each|every)\s+(day|week|month|year|use)\b/i.exec(after);
  return (match?.[1]?.toLowerCase() as Price['period'] | undefined) ?? 'once';
}

/** `per clinic`, or the payer when it is named in the plural or with an article: `Members pay`, `A grower pays`. */
function unitOf(after: string, sentence: string): string {
  const per = [...after.matchAll(/\bper\s+([a-z]+)/gi)]
    .map(([, word]) => word ?? '')
    .find((word) => !/^(?:day|week|month|year|use)$/i.test(word));
  if (per !== undefined) return per.toLowerCase();
  const payer = /(?:^|\.\s)(?:Each|Every|An?)?\s?([A-Za-z]+)\s+pays?\b/.exec(sentence)?.[1];
  return payer === undefined || /^(?:it|who|they)$/i.test(payer) ? '' : payer.toLowerCase();
}

function kindOf(sentence: string): Price['kind'] {
  if (countPhrases(sentence, INCOME) > 0) return 'income';
  return countPhrases(sentence, COST) > 0 ? 'cost' : 'unknown';
}
