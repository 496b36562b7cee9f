// CompetitiveAnalysis (ideation): what people use today instead, as far as the sources say.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const alternativeSchema = z.strictObject({
  id: id('ALT'),
  what: claim(
    'alternative: what people use today instead, existing tool, spreadsheet, paper, book, e-mail, service, competitor',
    GROUNDS.statusQuo,
  ),
  weakness: claim('weakness of the existing way: fails, slow, expensive, lost, error, too much work', GROUNDS.gap),
});

export const competitiveAnalysisSchema = z.strictObject({
  statusQuo: claim('status quo: how it is done today, currently, at present', GROUNDS.statusQuo),
  alternatives: z.array(alternativeSchema).max(5).describe('the existing ways the sources name'),
  gap: claim('gap: what no existing way offers, what is missing, nobody, never', GROUNDS.gap),
  positioning: claims(
    'position: how the product stands against existing ways, compared, instead, unlike',
    3,
    GROUNDS.comparison,
  ),
});
