// How binding a sentence is: required, allowed, forbidden, optional, or plainly stated; and what remains without that.

export type Modality = 'required' | 'allowed' | 'forbidden' | 'optional' | 'stated' | 'denied';

const PATTERNS: readonly (readonly [Modality, RegExp])[] = [
  [
    'forbidden',
    /\b(?:must|shall|may|can|should|could)\s*(?:not|never)\b|\bcannot\b|\b(?:mustn|can|shouldn|couldn)['’]t\b|\b(?:is|are) (?:forbidden|prohibited)(?: to)?\b|\bnever\b/gi,
  ],
  [
    'optional',
    /\b(?:need(?:s)? not|(?:does|do) not (?:have|need) to|(?:doesn|don|needn)['’]t (?:have to|need to)?|(?:is|are) optional|optionally|(?:is|are) not required(?: to)?)\b/gi,
  ],
  ['required', /\b(?:must|shall|has to|have to|needs? to|(?:is|are) required(?: to)?|always)\b/gi],
  ['allowed', /\b(?:may|can|could|(?:is|are) (?:allowed|able) to)\b/gi],
  [
    'denied',
    /\b(?:(?:does|do|did|will|would|is|are|was|were|has|have) not|(?:doesn|don|didn|won|wouldn|isn|aren|wasn|weren)['’]t|not|no)\b/gi,
  ],
];

export interface Bound {
  readonly modality: Modality;
  /** The sentence without the words that made it so. */
  readonly rest: string;
}

export function modalityOf(sentence: string): Bound {
  for (const [modality, pattern] of PATTERNS) {
    const rest = sentence.replace(pattern, ' ');
    if (rest !== sentence) return { modality, rest };
  }
  return { modality: 'stated', rest: sentence };
}

const CONTRADICTORY: Readonly<Record<Modality, readonly Modality[]>> = {
  required: ['forbidden', 'optional', 'denied'],
  allowed: ['forbidden'],
  forbidden: ['required', 'allowed', 'optional', 'stated'],
  optional: ['required', 'forbidden'],
  stated: ['forbidden', 'denied'],
  denied: ['required', 'stated'],
};

/** Whether nothing that is said to be `a` can be said to be `b`. */
export const modalitiesDisagree = (a: Modality, b: Modality): boolean => CONTRADICTORY[a].includes(b);
