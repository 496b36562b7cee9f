// IdeaSpec (intake): what the idea is, for whom, what it must do, and the figures it states.
// Everything later phases know of the idea they know from here.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { choice, id, text } from './fields.ts';

export const requirementSchema = z.strictObject({
  id: id('R'),
  statement: claim('one thing the product must do, allow, show, keep or be'),
  kind: choice('whether it is a function, a quality of it, or a limit set from outside', {
    functional: [],
    quality: [],
    constraint: [],
  }),
});

export const figureSchema = z.strictObject({
  id: id('F'),
  statement: claim('the sentence that states the figure'),
  value: z.number().describe('the number as the sentence states it'),
  unit: text('what the number counts or measures: the word or symbol beside it'),
});

export const ideaSpecSchema = z.strictObject({
  title: claim('title: the name of the product, what it is called'),
  description: claim('description: what the product is and does, in a sentence'),
  problem: claim('problem: what goes wrong today, what is difficult, slow, lost or missing, and why it matters'),
  targetUsers: claims('target users: the people, roles, customers or teams who use it, who it is for', 5),
  goals: claims('goal: success, outcome or benefit to reach, how we know it works', 5),
  outOfScope: claims('out of scope: what it will not do, is not part of it, not needed, later', 5),
  requirements: z.array(requirementSchema).describe('everything the product must do or be, in the order of the idea'),
  figures: z.array(figureSchema).describe('every number the idea states, with its sentence'),
});

export type IdeaSpec = z.infer<typeof ideaSpecSchema>;
export type Requirement = z.infer<typeof requirementSchema>;
export type Figure = z.infer<typeof figureSchema>;
