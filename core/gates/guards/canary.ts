import { canaryRequests } from '../criteria/canary.ts';
import { broken, type Guard, held } from '../guard.ts';
import { numberOf } from '../parameters.ts';

/** The share of failed requests over the canary window is `atMost` that (0 to 1). */
export const canaryGuard: Guard = {
  id: 'canary',
  parameters: ['atMost'],
  criterion: 'canary',
  check(evidence, parameters) {
    const most = numberOf(parameters, 'atMost', 0.01);
    const requests = canaryRequests(evidence);
    if ('status' in requests) return requests;
    const { total, errors } = requests;
    const found = `${errors} of ${total} requests failed`;
    if (errors <= most * total) return held(found);
    return broken(found, `at most ${most * 100} %`, [{ kind: 'other', text: `canary: ${found}` }]);
  },
};
