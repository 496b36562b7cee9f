// IdeationResult (ideation): the strategy and the people it serves.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

export const strategySchema = z.strictObject({
  valueProposition: claim(
    'value: what people get from it: introduction, lets, offers, sees, sends, search, find, record, without',
    GROUNDS.description,
  ),
  approach: claims(
    'approach: how it works, what it does: must, able, scan, read, run, check, warn, record, send',
    4,
    GROUNDS.approach,
  ),
  differentiators: claims(
    'difference from existing ways: unlike, instead, than, other, exists, without',
    3,
    GROUNDS.comparison,
  ),
  openQuestions: claims('open question: undecided, unclear, not known yet, depends, whether', 4, GROUNDS.openQuestion),
});

const personaSchema = z.strictObject({
  id: id('P'),
  who: claim('who this kind of user is: role, person, group'),
  needs: claims('what this user needs, wants, does with the product', 3, GROUNDS.need),
  frustrations: claims(
    'what troubles this user today: difficult, slow, lost, forgotten, missing',
    2,
    GROUNDS.frustration,
  ),
});

export const ideationResultSchema = z.strictObject({
  strategy: strategySchema.describe('why and how the product wins'),
  personas: z.array(personaSchema).describe('the kinds of people who use it, one for each target user of the idea'),
});

export type IdeationResult = z.infer<typeof ideationResultSchema>;
