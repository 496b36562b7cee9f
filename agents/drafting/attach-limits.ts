// Gives each quality and limit that no story serves yet to the story it is most about, as an acceptance line.

import type { Requirement } from '../../core/artifacts/idea-spec.ts';
import type { UserStory } from '../../core/artifacts/user-stories.ts';
import { stems } from '../text/terms.ts';
import { citing } from './citing.ts';

type Cut = Omit<UserStory, 'dependsOn'>;

/** Stems that a limit and a story must share. */
const LEAST_SHARED = 2;
/** Lines a story may have, as its schema says. */
const MOST_LINES = 4;

/** What shares too little with every story stays unserved, and the trace matrix names it. */
export function attachLimits(stories: readonly Cut[], requirements: readonly Requirement[]): Cut[] {
  const whole = [...stories];
  requirements.forEach((requirement, at) => {
    // What is to be done has a story of its own, now or when the scope allows it.
    if (requirement.kind === 'functional' || requirement.kind === 'unknown') return;
    if (whole.some((story) => story.requirements.includes(requirement.id))) return;
    const best = closest(requirement.statement.text, whole);
    const story = whole[best];
    if (story === undefined) return;
    whole[best] = {
      ...story,
      acceptance: [...story.acceptance, citing('IdeaSpec', `/requirements/${at}/statement`, requirement.statement)],
      requirements: [...story.requirements, requirement.id],
    };
  });
  return whole;
}

/** Place of the story that shares most stems with the text, the first of equals; -1 when none shares enough. */
function closest(text: string, stories: readonly Cut[]): number {
  const wanted = new Set(stems(text));
  let best = -1;
  let most = LEAST_SHARED - 1;
  stories.forEach(({ want, acceptance }, at) => {
    const shared = new Set(stems(want.text).filter((term) => wanted.has(term))).size;
    if (shared > most && acceptance.length < MOST_LINES) [best, most] = [at, shared];
  });
  return best;
}
