// TechStackProposal (ideation): what it is built with, and whether the idea asks for it or the house defaults to it.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { text } from './fields.ts';

export const layers = ['client', 'server', 'database', 'hosting', 'integration'] as const;

const stackChoiceSchema = z.strictObject({
  layer: z.enum(layers).describe('the part of the system'),
  choice: text('the technology, by its name; UNKNOWN when nothing decides it'),
  origin: z
    .enum(['stated', 'default', 'unknown'])
    .describe('stated: the idea names it; default: what the built-in generator makes'),
  reason: claim('the statement of the idea that asks for it or bears on it'),
});

export const techStackProposalSchema = z.strictObject({
  drivers: claims(
    'technical driver: device, phone, browser, offline, internet, data, scale, integration, existing system',
    5,
  ),
  choices: z.array(stackChoiceSchema).describe('one choice for each layer'),
});

export type TechStackProposal = z.infer<typeof techStackProposalSchema>;
