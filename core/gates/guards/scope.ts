import { atPath } from '../evidence/look.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf, textOf } from '../parameters.ts';

/** The list at `artifact`.`path` has no more than `atMost` items: what is larger is more than the phases behind it can do. */
export const scope: Guard = {
  id: 'scope',
  parameters: ['artifact', 'path', 'atMost'],
  check(evidence, parameters) {
    const artifact = textOf(parameters, 'artifact');
    const path = textOf(parameters, 'path');
    const most = numberOf(parameters, 'atMost');
    const list = atPath(evidence.artifacts[artifact], path)[0]?.value;
    if (!Array.isArray(list)) return { status: 'unmeasured', reason: `there is no list ${artifact}.${path}` };
    const found = `${list.length} ${artifact}.${path}`;
    if (list.length <= most) return held(found);
    const text = `${artifact} has ${list.length} ${path}, expected at most ${most}`;
    return broken(found, `at most ${most}`, [{ kind: 'scope', text, artifacts: [artifact] }]);
  },
};
