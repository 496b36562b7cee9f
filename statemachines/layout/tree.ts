// A series-parallel tree: what nested Parallel states can express, and nothing else.

import type { DurationOf } from '../../core/graph/critical-path.ts';

export type Layout = PhaseLeaf | Series | Parallel;

export interface PhaseLeaf {
  readonly kind: 'phase';
  readonly id: string;
}

/** One after another; two steps or more, none of them a series. */
export interface Series {
  readonly kind: 'series';
  readonly steps: readonly Layout[];
}

/** Side by side until the last is through; two branches or more, none of them parallel. */
export interface Parallel {
  readonly kind: 'parallel';
  readonly branches: readonly Layout[];
}

export const leaf = (id: string): PhaseLeaf => ({ kind: 'phase', id });

/** @throws RangeError on no steps at all. */
export function inSeries(steps: readonly Layout[]): Layout {
  const flat = steps.flatMap((step) => (step.kind === 'series' ? step.steps : [step]));
  return only(flat) ?? { kind: 'series', steps: flat };
}

/** @throws RangeError on no branches at all. */
export function inParallel(branches: readonly Layout[]): Layout {
  const flat = branches.flatMap((branch) => (branch.kind === 'parallel' ? branch.branches : [branch]));
  return only(flat) ?? { kind: 'parallel', branches: flat };
}

function only(parts: readonly Layout[]): Layout | undefined {
  if (parts.length === 0) throw new RangeError('expected at least one phase, found none');
  return parts.length === 1 ? parts[0] : undefined;
}

/** Ids in the order they stand in the tree. */
export function phasesOf(layout: Layout): string[] {
  if (layout.kind === 'phase') return [layout.id];
  return (layout.kind === 'series' ? layout.steps : layout.branches).flatMap(phasesOf);
}

/** Time from first start to last end, in the unit of the durations. */
export function makespan(layout: Layout, durationOf: DurationOf): number {
  if (layout.kind === 'phase') return durationOf(layout.id);
  if (layout.kind === 'series') return layout.steps.reduce((sum, step) => sum + makespan(step, durationOf), 0);
  return Math.max(...layout.branches.map((branch) => makespan(branch, durationOf)));
}
