// RevisedAssumptions (critique): what the idea takes for granted, who answers for it, and how it is put to the test.

import { z } from 'zod';
import { claim } from './claim.ts';
import { choice, id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const assumptionSchema = z.strictObject({
  id: id('A'),
  statement: claim(
    'assumption: what is taken for granted: assume, expect, believe, hope, think, rely',
    GROUNDS.assumption,
  ),
  owner: choice('the role that answers for it', {
    product: [
      'user',
      'users',
      'people',
      'member',
      'members',
      'want',
      'need',
      'customer',
      'customers',
      'volunteers',
      'join',
      'share',
    ],
    engineering: [
      ...[
        'system',
        'server',
        'data',
        'database',
        'offline',
        'internet',
        'browser',
        'software',
        'device',
        'interface',
        'update',
      ],
      ...['code', 'codes', 'phone', 'phones', 'camera', 'printed', 'observations'],
    ],
    business: ['cost', 'price', 'pay', 'budget', 'revenue', 'sell', 'fund', 'fee', 'grant', 'losses', 'cut', 'earns'],
    legal: ['law', 'legal', 'consent', 'privacy', 'personal data', 'regulation', 'insurance', 'liability', 'signature'],
  }),
  rationale: claim('rationale: why it may hold or not: because, since, as, already, tried, asked', GROUNDS.rationale),
  test: claim(
    'test: figure or observation that would show it: at least, at most, within, fall, halve, after, minutes',
    GROUNDS.test,
  ),
});

export const revisedAssumptionsSchema = z.strictObject({
  assumptions: z.array(assumptionSchema).describe('the assumptions, each challenged'),
});

export type RevisedAssumptions = z.infer<typeof revisedAssumptionsSchema>;
export type Assumption = z.infer<typeof assumptionSchema>;
