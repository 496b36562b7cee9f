// Makes the list of faults of a violation as short as it can: halves first, then one by one (delta debugging). What is left
// still violates, and without any one of it nothing does.

import type { FaultSpec, Scenario } from './scenario.ts';

/** @param violates whether a scenario breaks the same invariant. */
export async function shrink(scenario: Scenario, violates: (smaller: Scenario) => Promise<boolean>): Promise<Scenario> {
  let faults: readonly FaultSpec[] = scenario.faults;
  const without = (from: number, count: number) => faults.filter((_, index) => index < from || index >= from + count);
  if (faults.length > 0 && (await violates({ ...scenario, faults: [] }))) return { ...scenario, faults: [] };
  for (let size = Math.ceil(faults.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < faults.length; ) {
      const fewer = without(from, size);
      if (fewer.length < faults.length && (await violates({ ...scenario, faults: fewer }))) faults = fewer;
      else from += size;
    }
  }
  return { ...scenario, faults };
}
