import { atPath, isFilled } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf, textOf } from '../parameters.ts';

/** The list at `artifact`.`path` has `atLeast` items that say something. */
export const itemsAtLeast: Guard = {
  id: 'items-at-least',
  parameters: ['artifact', 'path', 'atLeast'],
  check(evidence, parameters) {
    const artifact = textOf(parameters, 'artifact');
    const path = textOf(parameters, 'path');
    const least = numberOf(parameters, 'atLeast');
    const list = atPath(evidence.artifacts[artifact], path)[0]?.value;
    const count = Array.isArray(list) ? list.filter(isFilled).length : 0;
    if (count >= least) return held(`${count} ${artifact}.${path}`);
    const text = `${artifact} has ${count} ${path}, expected at least ${least}`;
    return broken(`${count} ${artifact}.${path}`, `at least ${least}`, [
      { kind: 'missing', text, artifacts: [artifact] },
    ]);
  },
};
