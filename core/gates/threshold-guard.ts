// A guard that asks for a criterion's score: `atLeast`, or the whole of it when nothing is said.

import type { Criterion } from './criterion.ts';
import { broken, type Guard, held } from './guard.ts';
import { numberOf } from './parameters.ts';

export function thresholdGuard(criterion: Criterion): Guard {
  return {
    id: criterion.id,
    parameters: ['atLeast'],
    criterion: criterion.id,
    check(evidence, parameters) {
      const least = numberOf(parameters, 'atLeast', 1);
      const evaluation = criterion.evaluate(evidence);
      if (evaluation.status !== 'measured') return { status: 'unmeasured', reason: evaluation.reason };
      const { score, detail, findings } = evaluation;
      if (score >= least) return held(detail);
      const [found, expected] = [`${inPercent(score)} (${detail})`, `at least ${inPercent(least)}`];
      const own = [{ kind: 'other' as const, text: `${criterion.id} is ${found}, expected ${expected}` }];
      return broken(found, expected, findings.length > 0 ? findings : own);
    },
  };
}

/** Cut, not rounded: 0.9496 must not read as the 95 % it does not reach. */
const inPercent = (share: number): string => `${Math.floor(share * 1000 + 1e-9) / 10} %`;
