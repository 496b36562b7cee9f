// CompetitiveAnalysis (ideation): what people use today instead, as far as the sources say.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id } from './fields.ts';

export const alternativeSchema = z.strictObject({
  id: id('ALT'),
  what: claim('alternative: what people use today instead, existing tool, spreadsheet, paper, service, competitor'),
  weakness: claim('weakness of the existing way: fails, slow, expensive, lost, error, too much work'),
});

export const competitiveAnalysisSchema = z.strictObject({
  statusQuo: claim('status quo: how it is done today, currently, now, at present'),
  alternatives: z.array(alternativeSchema).max(5).describe('the existing ways the sources name'),
  gap: claim('gap: what no existing way offers, what is missing'),
  positioning: claims('position: how the product stands against existing ways, compared, instead, unlike', 3),
});

export type CompetitiveAnalysis = z.infer<typeof competitiveAnalysisSchema>;
