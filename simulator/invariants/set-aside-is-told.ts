import type { Invariant } from './invariant.ts';

export const setAsideIsTold: Invariant = {
  id: 'set-aside-is-told',
  says: 'a task that was given up has its failures, and the ledger says why',
  atEnd(end) {
    const told = new Set(
      [...end.ledger.values()]
        .filter(({ kind, body }) => kind === 'task' && body?.outcome === 'set-aside')
        .map(({ pk, body }) => `${pk}|TASK#${body.task}`),
    );
    return end
      .of('TASK')
      .filter(({ status }) => status === 'set-aside')
      .flatMap((row) => [
        ...(row.failures.length === 0 ? [`${row.sk} was set aside without a failure`] : []),
        ...(told.has(`${row.pk}|${row.sk}`) ? [] : [`${row.sk} was set aside, and the ledger does not say why`]),
      ]);
  },
};
