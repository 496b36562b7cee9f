// AWS takes definitions of up to 1 MiB. We stay under 800 KB, names of what is called counted at their longest.

import { machinesOf, type Rule } from './rule.ts';

export const MOST_BYTES = 800_000;

export const definitionFits: Rule = {
  id: 'definition-fits',
  check: (proven) =>
    machinesOf(proven).flatMap(([machine, definition]) => {
      const bytes = Buffer.byteLength(JSON.stringify(definition));
      if (bytes <= MOST_BYTES) return [];
      return [{ machine, found: `${bytes} bytes`, limit: `${MOST_BYTES} bytes`, fix: 'split the pipeline in two' }];
    }),
};
