// The run's stated ceiling is the sum of its phases, to the micro-USD; over 100 USD it must be stated. Every agent of a
// phase gets a token, a call's worth of money and a share of the wall clock: less cannot be split.

import type { Draft } from '../draft.ts';
import { UNSTATED_CEILING_USD_MICROS } from '../model.ts';
import type { Finding, Rule } from '../rule.ts';

export const budgetsAddUp: Rule = {
  id: 'budgets-add-up',
  check: (draft) => [...total(draft), ...draft.phases.flatMap(splittable)],
};

function total({ phases, budgetUsdMicros: stated }: Draft): Finding[] {
  const parts = phases.map(({ budget }) => budget.usdMicros);
  if (parts.some((part) => part === undefined)) return [];
  const sum = parts.reduce<number>((whole, part) => whole + (part ?? 0), 0);
  if (stated !== undefined && stated.value !== sum) {
    const message = `the budget is not the sum of the phases' budgets`;
    return [{ at: stated.at, found: `${usd(stated.value)} USD`, expected: `${usd(sum)} USD`, message }];
  }
  if (stated === undefined && sum > UNSTATED_CEILING_USD_MICROS) {
    const expected = `budget: {usd: ${usd(sum)}} stated, since it is over ${usd(UNSTATED_CEILING_USD_MICROS)} USD`;
    const message = 'a run this dear must say so';
    return [{ at: [], found: `phases of ${usd(sum)} USD in all`, expected, message }];
  }
  return [];
}

function splittable({ at, budget, agents }: Draft['phases'][number]): Finding[] {
  if (budget.tokens === undefined || budget.tokens >= agents.length) return [];
  const expected = `at least ${agents.length}, one for each agent`;
  const message = 'the tokens cannot be split over the agents';
  return [{ at: [...at, 'budget', 'tokens'], found: `${budget.tokens}`, expected, message }];
}

/** Exact decimal text of micro-USD. */
function usd(micros: number): string {
  const fraction = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${Math.floor(micros / 1_000_000)}${fraction === '' ? '' : `.${fraction}`}`;
}
