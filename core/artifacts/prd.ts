// PRD (prd): the product as it will be built: overview, stories, flows, qualities, and the figures it rests on.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { choice, id, ids } from './fields.ts';
import { GROUNDS } from './grounds.ts';
import { figureSchema } from './idea-spec.ts';

const nfrSchema = z.strictObject({
  id: id('N'),
  category: choice('which quality it is about', {
    performance: ['second', 'seconds', 'fast', 'slow', 'quick', 'quickly', 'instant', 'response', 'load', 'wait'],
    security: [
      'password',
      'secure',
      'login',
      'log in',
      'sign in',
      'permission',
      'only',
      'access',
      'encrypted',
      'attack',
    ],
    privacy: ['privacy', 'private', 'personal', 'consent', 'gdpr', 'delete', 'anonymous', 'address', 'visible'],
    reliability: [
      'offline',
      'backup',
      'lost',
      'lose',
      'connection',
      'available',
      'fail',
      'crash',
      'recover',
      'twice',
      'never',
    ],
    accessibility: [
      'accessible',
      'accessibility',
      'screen reader',
      'wcag',
      'contrast',
      'blind',
      'older',
      'keyboard',
      'large',
    ],
    usability: ['easy', 'simple', 'phone', 'tap', 'clear', 'language', 'languages', 'learn', 'training', 'minutes'],
    maintainability: [
      'maintain',
      'maintained',
      'export',
      'update',
      'host',
      'server',
      'cost',
      'standard',
      'open source',
    ],
  }),
  statement: claim(
    'quality: performance, security, privacy, accessibility, reliability: fast, seconds, keyboard, offline, connection, personal data, phone, only, must',
    GROUNDS.quality,
  ),
});

const uxFlowSchema = z.strictObject({
  id: id('U'),
  actor: claim('the user who goes through the flow'),
  steps: claims('a step of the flow', 8),
  stories: ids('S', 'the stories the flow walks through, in order'),
});

export const prdSchema = z.strictObject({
  title: claim('name of the product'),
  overview: claim('overview: description of what the product is and does'),
  problem: claim('problem: what goes wrong today and why it matters'),
  goals: claims('goal: the outcome to reach, success', 5),
  outOfScope: claims('out of scope: what it will not do', 5),
  stories: ids('S', 'the user stories, in order; their text is in UserStories'),
  constraints: claims('constraint: limit set from outside that the product must respect', 12),
  assumptions: ids('A', 'the assumptions it rests on; their text is in RevisedAssumptions'),
  risks: ids('RISK', 'the risks it answers; their text is in RiskRegister'),
  nfrs: z.array(nfrSchema).describe('qualities the product must have'),
  uxFlows: z.array(uxFlowSchema).describe('how each user goes through the stories'),
  figures: z.array(figureSchema).describe('the numbers the idea states, for pricing and targets'),
});

export type PRD = z.infer<typeof prdSchema>;
