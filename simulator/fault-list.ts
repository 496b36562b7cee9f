// A schedule of faults as text, for a command line: `kind:nth,kind:nth`, or `none`.

import { UsageError } from '../cli/exit.ts';
import { faultKinds } from './faults/catalogue.ts';
import type { FaultSpec } from './scenario.ts';

export const faultText = (faults: readonly FaultSpec[]): string =>
  faults.length === 0 ? 'none' : faults.map(({ kind, nth }) => `${kind}:${nth}`).join(',');

/** @throws UsageError naming what is no fault. */
export function readFaults(text: string): FaultSpec[] {
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const [kind = '', nth = ''] = part.split(':');
    checkKind('--faults', kind);
    if (!/^[1-9]\d*$/.test(nth))
      throw new UsageError(`--faults: found '${part}', expected a kind and a number such as ${kind}:3`);
    return { kind, nth: Number(nth) };
  });
}

/** @throws UsageError listing the kinds there are. */
export function checkKind(option: string, kind: string): void {
  if (faultKinds.has(kind)) return;
  throw new UsageError(`${option}: found '${kind}', expected one of ${[...faultKinds.keys()].sort().join(', ')}`);
}
