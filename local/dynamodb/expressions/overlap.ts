// Paths of one expression must not overlap (one within the other) nor conflict (a map step where another has an index).

import type { Path } from '../path.ts';
import type { Binder } from './bind.ts';
import { showPath } from './parse-path.ts';

/** @throws AwsError ValidationException naming both paths */
export function refuseOverlaps(paths: readonly Path[], binder: Binder): void {
  if (paths.length < 2) return;
  const pairs = paths.flatMap((two, at) => paths.slice(0, at).map((one) => ({ one, two, how: relate(one, two) })));
  for (const how of ['overlap', 'conflict'] as const) {
    const pair = pairs.find((candidate) => candidate.how === how);
    if (pair !== undefined)
      throw binder.error(
        `Two document paths ${how} with each other; must remove or rewrite one of these paths; path one: ${showPath(pair.one)}, path two: ${showPath(pair.two)}`,
      );
  }
}

function relate(one: Path, two: Path): 'overlap' | 'conflict' | undefined {
  const length = Math.min(one.length, two.length);
  for (let at = 0; at < length; at += 1) {
    if (one[at] === two[at]) continue;
    return typeof one[at] === typeof two[at] ? undefined : 'conflict';
  }
  return 'overlap';
}
