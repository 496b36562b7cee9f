// A claim: one statement of an artifact with the spans of text that support it.
// Every piece of prose in an artifact is a claim, so grounding can be computed by anyone who has the sources.

import { z } from 'zod';
import { sourceNames } from './artifact-type.ts';

const citeSchema = z.strictObject({
  source: z.enum(sourceNames).describe('what is cited: the Idea, or an earlier artifact by its type'),
  pointer: z.string().describe('JSON pointer to a string inside the source; empty for the Idea'),
  start: z.int().min(0).describe('first UTF-16 code unit of the span'),
  end: z.int().min(0).describe('the code unit after the last one of the span'),
});

/** A span of a source: `start` inclusive, `end` exclusive, UTF-16 offsets into the string at `pointer`. */
export type Cite = z.infer<typeof citeSchema>;

export const UNKNOWN = 'UNKNOWN';

const claimShape = {
  text: z.string().min(1).describe('the statement, or UNKNOWN when the sources do not support any'),
  cites: z.array(citeSchema).describe('the spans that support the statement; none when it is UNKNOWN'),
};

/** Marks a JSON Schema node as a claim, so a provider knows to ground it. */
export const CLAIM_MARK = 'x-claim';

const claimSchema = z.strictObject(claimShape).meta({ [CLAIM_MARK]: true });

export type Claim = z.infer<typeof claimSchema>;

/** Carries a claim's `Grounds` to the provider. */
export const GROUNDS_MARK = 'x-grounds';

/** What a sentence must look like to support a claim, for a provider that has only words to go by. Lower case phrases. */
export interface Grounds {
  /** The sentence, or a heading above it, has one of these. */
  readonly cues?: readonly string[];
  /** No heading above it has any of these. */
  readonly notUnder?: readonly string[];
  /** The sentence shares words with this text: at least `shared` stems, 1 unless set. */
  readonly about?: string;
  readonly shared?: number;
}

/** A claim field. The description is what an offline provider searches by and what a model is told. */
export function claim(description: string, grounds?: Grounds) {
  const mark = grounds === undefined ? {} : { [GROUNDS_MARK]: grounds };
  return z.strictObject(claimShape).meta({ description, [CLAIM_MARK]: true, ...mark });
}

/** A list of at most `most` claims; the description says what each one is. */
export function claims(description: string, most: number, grounds?: Grounds) {
  return z.array(claim(description, grounds)).max(most).describe(description);
}

/** The statement nobody could ground. A new object each time, since results are merged in place by callers. */
export function unknownClaim(): Claim {
  return { text: UNKNOWN, cites: [] };
}

export function isUnknown(value: Claim): boolean {
  return value.text === UNKNOWN;
}

/** Whether `value` rests on nothing but spans that `other` already cites, or repeats its words: it then adds nothing. */
export function restates(value: Claim, other: Claim): boolean {
  if (value.text === other.text) return true;
  const known = new Set(other.cites.map(spanKey));
  return value.cites.length > 0 && value.cites.every((cite) => known.has(spanKey(cite)));
}

const spanKey = ({ source, pointer, start, end }: Cite): string => [source, pointer, start, end].join(' ');

/** Whether a JSON value has the shape of a claim; used to find every claim of an artifact without its schema. */
export function isClaim(value: unknown): value is Claim {
  return claimSchema.safeParse(value).success;
}
