// IdeaSpec (intake): what the idea is, for whom, what it must do, and the figures it states.
// Everything later phases know of the idea they know from here.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { choice, id, text } from './fields.ts';
import { GROUNDS, KINDS_OF_REQUIREMENT } from './grounds.ts';

const requirementSchema = z.strictObject({
  id: id('R'),
  statement: claim(
    'requirement: what the product must, should, can, may, shall, will do: features, functions, limits, has to, needs to',
    GROUNDS.requirement,
  ),
  kind: choice('whether it is a function, a quality of it, or a limit set from outside', KINDS_OF_REQUIREMENT),
});

export const figureSchema = z.strictObject({
  id: id('F'),
  statement: claim('the sentence that states the figure'),
  value: z.number().describe('the number as the sentence states it'),
  unit: text('what the number counts or measures: the word or symbol beside it'),
});

export const ideaSpecSchema = z.strictObject({
  title: claim('title: the name of the product, what it is called'),
  description: claim(
    'description: introduction of what the product is and does: application, app, system, service, platform, website, tool, logbook',
    GROUNDS.description,
  ),
  problem: claim(
    'problem: what goes wrong today, why it matters: difficult, slow, lost, late, missing, nobody, waste, error',
    GROUNDS.problem,
  ),
  targetUsers: claims('target users: who it is for: people, roles, customers, teams, audience', 5, GROUNDS.user),
  goals: claims(
    'goal: success, outcome, result, benefit, how we know it works, measure, at least, fall, rise',
    5,
    GROUNDS.goal,
  ),
  outOfScope: claims(
    'out of scope: what it will not do, not now, not part of it, not needed, later',
    5,
    GROUNDS.outOfScope,
  ),
  requirements: z.array(requirementSchema).describe('everything the product must do or be, in the order of the idea'),
  figures: z.array(figureSchema).describe('every number the idea states, with its sentence'),
});

export type IdeaSpec = z.infer<typeof ideaSpecSchema>;
export type Requirement = z.infer<typeof requirementSchema>;
export type Figure = z.infer<typeof figureSchema>;
