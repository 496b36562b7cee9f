// What a run cost, summed from its cost entries. Every committed task leaves exactly one, so the sum of the leaves is the
// phase and the sum of phases is the run, to the micro-USD.

import type { Json } from '../json.ts';
import type { LedgerEntry } from './entry.ts';

interface Cost {
  readonly tokens: number;
  readonly usdMicros: number;
  readonly modelCalls: number;
}

export interface CostSummary {
  readonly total: Cost;
  /** In order of first appearance. */
  readonly byPhase: readonly (Cost & { readonly phase: string; readonly tasks: number })[];
  readonly byAgent: readonly (Cost & { readonly phase: string; readonly agent: string; readonly tasks: number })[];
}

const none: Cost = { tokens: 0, usdMicros: 0, modelCalls: 0 };

export function costSummary(entries: readonly LedgerEntry[]): CostSummary {
  const leaves = entries.filter(({ kind }) => kind === 'cost').map(({ body }) => leafOf(body));
  const byPhase = group(leaves, ({ phase }) => phase).map(([first, cost, tasks]) => ({
    phase: first.phase,
    ...cost,
    tasks,
  }));
  const byAgent = group(leaves, ({ phase, agent }) => `${phase}/${agent}`).map(([first, cost, tasks]) => ({
    phase: first.phase,
    agent: first.agent,
    ...cost,
    tasks,
  }));
  return { total: leaves.reduce(add, none), byPhase, byAgent };
}

type Leaf = Cost & { readonly phase: string; readonly agent: string };

function leafOf(body: Json): Leaf {
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
  const count = (value: Json | undefined): number => (Number.isSafeInteger(value) ? Number(value) : 0);
  return {
    phase: String(fields.phase ?? ''),
    agent: String(fields.agent ?? ''),
    tokens: count(fields.tokens),
    usdMicros: count(fields.usdMicros),
    modelCalls: count(fields.modelCalls),
  };
}

const add = (sum: Cost, one: Cost): Cost => ({
  tokens: sum.tokens + one.tokens,
  usdMicros: sum.usdMicros + one.usdMicros,
  modelCalls: sum.modelCalls + one.modelCalls,
});

function group(leaves: readonly Leaf[], keyOf: (leaf: Leaf) => string): [Leaf, Cost, number][] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) groups.set(keyOf(leaf), [...(groups.get(keyOf(leaf)) ?? []), leaf]);
  return [...groups.values()].map((members) => [members[0] as Leaf, members.reduce(add, none), members.length]);
}
