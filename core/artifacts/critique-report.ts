// CritiqueReport (critique): what is weak, missing or unclear in the idea as understood so far.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id, text } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const findingSchema = z.strictObject({
  id: id('CR'),
  kind: z
    .enum(['ambiguity', 'gap', 'weakness'])
    .describe('ambiguity: a vague word; gap: a field nobody could ground; weakness: a stated difficulty'),
  artifact: text('the artifact it is found in'),
  pointer: z.string().describe('JSON pointer to the field it is found in'),
  term: z.string().describe('the vague word, or the name of the missing field; empty for a weakness'),
  statement: claim('the statement it is found in; UNKNOWN for a gap'),
});

export const critiqueReportSchema = z.strictObject({
  weaknesses: claims(
    'weakness: difficult, unclear, slow, late, lost, expensive, no, never, cannot, might not',
    4,
    GROUNDS.weakness,
  ),
  strengths: claims('strength: clear benefit, stated need, people already ask for it, tried, simple, already', 3),
  findings: z.array(findingSchema).describe('ambiguities, gaps and weaknesses, in the order of the sources'),
});

export type Finding = z.infer<typeof findingSchema>;
