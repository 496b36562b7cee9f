import type { Invariant, Row } from './invariant.ts';

export const shareIsKept: Invariant = {
  id: 'share-is-kept',
  says: 'spent plus reserved plus free is the share of the task, and none is below zero',
  kinds: ['TASK'],
  onChange({ after }) {
    return after === undefined ? undefined : (wrong(after, 'Tokens') ?? wrong(after, 'UsdMicros'));
  },
};

function wrong(row: Row, unit: 'Tokens' | 'UsdMicros'): string | undefined {
  const [spent, reserved, free] = [row[`spent${unit}`], row[`reserved${unit}`], row[`free${unit}`]];
  const low = Math.min(spent, reserved, free);
  if (!(low >= 0)) return `${unit}: spent ${spent}, reserved ${reserved}, free ${free}`;
  const sum = spent + reserved + free;
  return sum === row[`budget${unit}`] ? undefined : `${unit}: ${sum} of a share of ${row[`budget${unit}`]}`;
}
