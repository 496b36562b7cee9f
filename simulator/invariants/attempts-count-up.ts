import type { Invariant } from './invariant.ts';

export const attemptsCountUp: Invariant = {
  id: 'attempts-count-up',
  says: 'attempts of a phase count up one by one, and each has a row of its own',
  kinds: ['PHASE'],
  onChange({ before, after }, view) {
    if (after === undefined || before?.attempt === after.attempt) return undefined;
    if (after.attempt !== (before?.attempt ?? 0) + 1)
      return `attempt ${before?.attempt} was followed by ${after.attempt}`;
    void view;
    return undefined;
  },
  atEnd(end) {
    return end
      .of('PHASE')
      .filter((row) => !end.data.has(`${row.pk}|ATTEMPT#${row.phase}#${String(row.attempt).padStart(2, '0')}`))
      .map((row) => `${row.phase} is at attempt ${row.attempt}, which has no row`);
  },
};
