// How a phase's agents run and how their results become one: `parallel`, `2 at a time`, `half at a time`,
// `iterative, at most 20 rounds`; `merge`, `concat`, `vote`, `custom NAME`.

import type { Aggregation, Mode } from '../model.ts';
import { DEFAULT_MAX_ROUNDS } from '../model.ts';
import { leaf, outOfRange, type Reading, wrongType } from './leaf.ts';

const MAX_AT_ONCE = 40;
const AT_MOST = /^(\d{1,4}) at a time$/;
const ITERATIVE = /^iterative(?:, at most (\d{1,5}) rounds?)?$/;
const CUSTOM = /^custom ([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

export const mode = leaf<Mode>({
  expected:
    `sequential, parallel, N at a time (1 to ${MAX_AT_ONCE}), half at a time, iterative, ` +
    `or iterative, at most N rounds (1 to ${DEFAULT_MAX_ROUNDS})`,
  schema: {
    anyOf: [
      {
        enum: ['sequential', 'parallel', '2 at a time', 'half at a time', 'iterative', 'iterative, at most 20 rounds'],
      },
      { type: 'string', pattern: AT_MOST.source },
      { type: 'string', pattern: '^iterative(, at most [0-9]{1,5} rounds?)?$' },
    ],
  },
  read(scalar) {
    if (typeof scalar !== 'string') return wrongType;
    if (scalar === 'sequential' || scalar === 'parallel') return { value: { kind: scalar } };
    if (scalar === 'half at a time') return { value: { kind: 'partial' } };
    const atMost = AT_MOST.exec(scalar);
    if (atMost !== null) return between(Number(atMost[1]), MAX_AT_ONCE, (n) => ({ kind: 'atMost', atMost: n }));
    const rounds = ITERATIVE.exec(scalar);
    if (rounds === null) return wrongType;
    return between(Number(rounds[1] ?? DEFAULT_MAX_ROUNDS), DEFAULT_MAX_ROUNDS, (n) => ({
      kind: 'iterative',
      maxRounds: n,
    }));
  },
});

function between(value: number, most: number, make: (value: number) => Mode): Reading<Mode> {
  return value >= 1 && value <= most ? { value: make(value) } : outOfRange;
}

export const aggregation = leaf<Aggregation>({
  expected: 'merge, concat, vote, or custom NAME',
  schema: { anyOf: [{ enum: ['merge', 'concat', 'vote'] }, { type: 'string', pattern: CUSTOM.source }] },
  read(scalar) {
    if (scalar === 'merge' || scalar === 'concat' || scalar === 'vote') return { value: { kind: scalar } };
    const custom = typeof scalar === 'string' ? CUSTOM.exec(scalar) : null;
    return custom === null ? wrongType : { value: { kind: 'custom', name: custom[1] as string } };
  },
});
