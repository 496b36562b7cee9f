// What a phase's artifacts leave open, as questions: required fields nobody could ground, statements that contradict each
// other, words that can be read in more than one way. Computed, so that the same artifacts always raise the same questions.

import { type Claim, isClaim, isUnknown } from '../artifacts/claim.ts';
import type { Evidence } from '../gates/criterion.ts';
import { atPath, atPointer, claimsOf, isRecord, placeName } from '../gates/evidence/look.ts';
import { compareClaims } from '../gates/evidence/statements.ts';
import { requiredFields } from '../gates/required-fields.ts';
import { ambiguousIn } from '../gates/text/ambiguous-terms.ts';
import type { Json } from '../json.ts';
import type { OpenQuestion } from './question.ts';

export function gapsOf(evidence: Evidence): OpenQuestion[] {
  return [...unknownFields(evidence), ...contradictions(evidence), ...doubtfulWords(evidence)];
}

function unknownFields(evidence: Evidence): OpenQuestion[] {
  return evidence.makes.flatMap((artifact) => {
    const content = evidence.artifacts[artifact];
    if (content === undefined) return [];
    return (requiredFields[artifact] ?? []).flatMap((path) =>
      atPath(content, path).flatMap(({ pointer, value }): OpenQuestion[] => {
        if (!isClaim(value) || !isUnknown(value)) return [];
        const about = aboutOf(content, pointer);
        return [{ text: ask(artifact, pointer, about), priority: 1, decision: { artifact, pointer, about } }];
      }),
    );
  });
}

function ask(artifact: string, pointer: string, about: string): string {
  const name = pointer.split('/').at(-1) ?? '';
  const field = SPOKEN[name] ?? spoken(name);
  return about === ''
    ? `What is the ${field} of ${placeName(artifact, pointer)}?`
    : `What is the ${field} of: ${about}`;
}

/** The first known claim of the record that the place is in; empty for a field of the artifact itself. */
export function aboutOf(content: Json, pointer: string): string {
  const above = pointer.slice(0, pointer.lastIndexOf('/'));
  if (above === '') return '';
  const record = atPointer(content, above);
  if (!isRecord(record)) return '';
  const first = Object.values(record).find((member): member is Claim => isClaim(member) && !isUnknown(member));
  return first?.text ?? '';
}

function contradictions(evidence: Evidence): OpenQuestion[] {
  return compareClaims(evidence).contradictions.map(({ first, second, why }) => ({
    text: `Which of the two holds, "${first.text}" or "${second.text}" (${why})?`,
    priority: 2,
    decision: { artifact: artifactOf(first.where), pointer: '', about: first.text },
  }));
}

const artifactOf = (place: string): string => /^\w+/.exec(place)?.[0] ?? place;

function doubtfulWords(evidence: Evidence): OpenQuestion[] {
  return claimsOf(evidence, evidence.makes)
    .filter(({ claim }) => !isUnknown(claim))
    .flatMap(({ artifact, pointer, claim }) =>
      ambiguousIn(claim.text).map(
        (term): OpenQuestion => ({
          text: `What exactly does "${term}" mean in: ${claim.text}`,
          priority: 2,
          decision: { artifact, pointer, about: claim.text },
        }),
      ),
    );
}

/** Fields whose names are no nouns. */
const SPOKEN: Readonly<Record<string, string>> = { asA: 'user', want: 'wish', soThat: 'benefit', basis: 'reason' };

/** `statusQuo` -> `status quo`. */
const spoken = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
