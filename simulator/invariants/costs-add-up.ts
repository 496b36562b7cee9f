import type { Invariant } from './invariant.ts';

export const costsAddUp: Invariant = {
  id: 'costs-add-up',
  says: "the ledger's costs are those of the committed tasks, to the micro-USD, and within the run's budget",
  atEnd(end) {
    const entries = [...end.ledger.values()].filter(({ kind }) => kind === 'cost');
    return end.of('RUN').flatMap((run) => {
      const told = sum(entries.filter(({ pk }) => pk === run.pk).map(({ body }) => body.usdMicros ?? 0));
      const tasks = end.of('TASK').filter(({ pk }) => pk === run.pk);
      const spent = sum(tasks.filter(({ status }) => status === 'committed').map((row) => row.spentUsdMicros));
      const all = sum(tasks.map((row) => row.spentUsdMicros + row.reservedUsdMicros));
      return [
        ...(told < spent ? [`the ledger has ${told} micro-USD, the committed tasks have ${spent}`] : []),
        ...(all > run.budgetUsdMicros ? [`${all} micro-USD were spent of a budget of ${run.budgetUsdMicros}`] : []),
      ];
    });
  },
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
