import type { PricingModel } from '../../artifacts/pricing-model.ts';
import type { Finding } from '../criterion.ts';
import { contentOf } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';

/** Every projection is its quantity times its price, every total the sum of its parts, in one currency and period. */
export const pricingArithmetic: Guard = {
  id: 'pricing-arithmetic',
  parameters: [],
  check(evidence) {
    const model = contentOf<PricingModel>(evidence, 'PricingModel');
    if (model === undefined) return { status: 'unmeasured', reason: 'there is no PricingModel' };
    const wrong = [...projectionFaults(model), ...totalFaults(model)];
    const figures = (model.projections ?? []).length + (model.totals ?? []).length;
    if (wrong.length === 0) return held(figures === 0 ? 'there is nothing to add up' : `${figures} figures add up`);
    const findings = wrong.map((text): Finding => ({ kind: 'contradiction', text }));
    return broken(`${wrong.length} figures that do not add up`, 'figures that add up', findings);
  },
};

function projectionFaults({ prices = [], projections = [] }: Partial<PricingModel>): string[] {
  return projections.flatMap((projection) => {
    const price = prices.find(({ id }) => id === projection.price);
    if (price === undefined) return [`${projection.id} projects ${projection.price}, which is no price`];
    const right = Math.round(projection.quantity * price.amountMicros);
    const faults =
      right === projection.amountMicros
        ? []
        : [
            `${projection.id} is ${projection.amountMicros}, but ${projection.quantity} times ${price.amountMicros} is ${right}`,
          ];
    return sameMoney(projection, price)
      ? faults
      : [...faults, `${projection.id} has not the currency and period of ${price.id}`];
  });
}

function totalFaults({ prices = [], projections = [], totals = [] }: Partial<PricingModel>): string[] {
  return totals.flatMap((total) => {
    const name = `the ${total.kind} total in ${total.currency} a ${total.period}`;
    const parts = total.parts.map((id) => ({ id, part: [...projections, ...prices].find((one) => one.id === id) }));
    const lost = parts
      .filter(({ part }) => part === undefined)
      .map(({ id }) => `${name} adds ${id}, which is not there`);
    const other = parts.filter(({ part }) => part !== undefined && !sameMoney(part, total));
    const strange = other.map(({ id }) => `${name} adds ${id}, which has another currency or period`);
    const right = parts.reduce((sum, { part }) => sum + (part?.amountMicros ?? 0), 0);
    const sum = right === total.amountMicros ? [] : [`${name} is ${total.amountMicros}, but its parts sum to ${right}`];
    return [...lost, ...strange, ...sum];
  });
}

interface Money {
  readonly currency: string;
  readonly period: string;
}

const sameMoney = (a: Money, b: Money): boolean => a.currency === b.currency && a.period === b.period;
