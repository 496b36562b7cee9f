import { expect, it } from '@jest/globals';
import { notUndoable, undoOrder } from '../../../core/resilience/compensation.ts';

const effect = (seq: number, rest = {}) => ({ key: `e${seq}`, seq, undoable: true, undone: false, ...rest });

it('undoes what was done and not yet undone, the last one first, and names what has no undo', () => {
  const effects = [effect(1), effect(3, { undone: true }), effect(2), effect(4, { undoable: false })];
  expect(undoOrder(effects).map(({ key }) => key)).toEqual(['e2', 'e1']);
  expect(notUndoable(effects).map(({ key }) => key)).toEqual(['e4']);
});
