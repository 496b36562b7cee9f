// Which of the idea's users a statement is about.

import { type Claim, unknownClaim } from '../../core/artifacts/claim.ts';
import { readStory } from '../domain/story-reading.ts';
import { stem, stems, words } from '../text/terms.ts';
import { citing } from './citing.ts';

/** The user named as the one who acts, else one that is named at all; UNKNOWN when none is. Cites IdeaSpec. */
export function userOf(statement: string, users: readonly Claim[]): Claim {
  const at = named(stems(readStory(statement).actor), users) ?? named(stems(statement), users);
  const user = at === null ? undefined : users[at];
  return user === undefined ? unknownClaim() : citing('IdeaSpec', `/targetUsers/${at}`, user);
}

/** Whether a statement names one of the users. */
export function namesUser(statement: string, users: readonly Claim[]): boolean {
  return named(stems(statement), users) !== null;
}

function named(terms: readonly string[], users: readonly Claim[]): number | null {
  const at = users.findIndex(({ text }) => stems(userWords(text)).some((term) => terms.includes(term)));
  return at === -1 ? null : at;
}

/** The words a user is known by: the first two of the sentence, function words aside. */
export function userWords(statement: string): string {
  return words(statement)
    .filter((word) => stem(word) !== null)
    .slice(0, 2)
    .join(' ');
}
