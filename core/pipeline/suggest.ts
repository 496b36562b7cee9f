// "Did you mean": the nearest of the words that would have been right, when one is near enough.

import { closestMatch } from 'leven';

/** Undefined when no candidate lies within a third of the word's length (at least 2 changes, at most 4). */
export function suggest(found: string, candidates: readonly string[]): string | undefined {
  const sameButForCase = candidates.find((candidate) => plain(candidate) === plain(found));
  const maxDistance = Math.min(4, Math.max(2, Math.floor(found.length / 3)));
  const nearest = sameButForCase ?? closestMatch(found, candidates, { maxDistance });
  return nearest === undefined ? undefined : `did you mean ${nearest}?`;
}

/** Case and separators are the commonest slips: `risk_analysis`, `Risk-Analysis`. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '');
}

/** The candidates in one phrase, the first ones only when they are many. */
export function oneOf(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'nothing (none is declared)';
  const shown = candidates.slice(0, 12).join(', ');
  return candidates.length > 12 ? `one of ${shown}, ... (${candidates.length} in all)` : `one of ${shown}`;
}
