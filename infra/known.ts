// The words a pipeline may use, as far as synthesis can check them: artifact types are; criteria are taken as the file
// names them, since opening a run checks them again.

import { parse } from 'yaml';
import { artifactTypes } from '../core/artifacts/registry.ts';
import type { Known } from '../core/pipeline/known.ts';

export function knownIn(text: string): Known {
  const criteria = new Set<string>();
  const guards: Record<string, string[]> = {};
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const found = value as Record<string, unknown>;
    if (typeof found.weights === 'object') for (const name of Object.keys(found.weights ?? {})) criteria.add(name);
    if (typeof found.criterion === 'string') {
      guards[found.criterion] = [...(guards[found.criterion] ?? []), ...Object.keys(found)];
    }
    for (const inner of Object.values(found)) visit(inner);
  };
  visit(parse(text));
  return { artifactTypes, criteria: [...criteria], guards };
}
