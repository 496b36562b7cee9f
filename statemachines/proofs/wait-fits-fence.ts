// No state may wait as long as its whole machine may run: the machine's limit would fire first, and could not be caught.

import { statesOf } from '../asl.ts';
import { machinesOf, type Rule } from './rule.ts';

export const waitFitsFence: Rule = {
  id: 'wait-fits-fence',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) =>
      statesOf(definition)
        .filter(({ state }) => state.TimeoutSeconds >= definition.TimeoutSeconds)
        .map(({ name, state }) => ({
          machine,
          state: name,
          found: `waits ${state.TimeoutSeconds} s`,
          limit: `less than the ${definition.TimeoutSeconds} s of its machine`,
          fix: 'let it wait less, or give the machine more time',
        })),
    ),
};
