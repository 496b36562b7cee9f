import type { Invariant } from './invariant.ts';

export const phaseWithinBudget: Invariant = {
  id: 'phase-within-budget',
  says: 'what the tasks of a phase have spent and reserved never passes the share of the phase',
  kinds: ['TASK'],
  onChange({ before, after }, view) {
    if (after === undefined) return undefined;
    const used = (row: typeof after) => row.spentUsdMicros + row.reservedUsdMicros;
    if (before !== undefined && used(after) <= used(before)) return undefined;
    const run = view.data.get(`${after.pk}|RUN`);
    const share = run?.shares?.[after.phase]?.usdMicros;
    if (share === undefined) return undefined;
    const all = view.of('TASK').filter((row) => row.pk === after.pk && row.phase === after.phase);
    const sum = all.reduce((total, row) => total + used(row), 0);
    return sum > share ? `phase ${after.phase} has used ${sum} of ${share} micro-USD` : undefined;
  },
};
