// RiskRegister (critique): what may go wrong, how likely, how bad, and what is done about it.

import { z } from 'zod';
import { claim } from './claim.ts';
import { choice, id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

export const riskSchema = z.strictObject({
  id: id('RISK'),
  category: choice('the side from which it threatens', {
    technical: [
      'connection',
      'offline',
      'server',
      'device',
      'battery',
      'system',
      'data',
      'software',
      'browser',
      'photo',
      'internet',
      'network',
    ],
    business: [
      'grant',
      'cost',
      'costs',
      'price',
      'money',
      'budget',
      'funding',
      'pay',
      'revenue',
      'competitor',
      'sponsor',
      'hosting',
    ],
    user: [
      'members',
      'people',
      'users',
      'volunteers',
      'customers',
      'trust',
      'learn',
      'forget',
      'older',
      'confusing',
      'habit',
      'drivers',
      'parents',
    ],
    security: ['abuse', 'password', 'attack', 'steal', 'stolen', 'fraud', 'leak', 'access', 'hacked', 'strangers'],
    legal: ['law', 'legal', 'liability', 'consent', 'gdpr', 'regulation', 'insurance', 'privacy', 'personal data'],
    operational: [
      'staff',
      'late',
      'illness',
      'training',
      'maintain',
      'schedule',
      'weather',
      'shortage',
      'unavailable',
      'queue',
    ],
  }),
  statement: claim('risk: what may go wrong: might, could, lost, fail, danger, abuse, if', GROUNDS.risk),
  likelihood: choice('how likely it is, as far as the text says', {
    high: [
      'likely',
      'often',
      'frequently',
      'usually',
      'always',
      'every week',
      'every day',
      'regularly',
      'constantly',
      'common',
    ],
    medium: ['sometimes', 'may', 'might', 'can', 'could', 'occasionally', 'some'],
    low: ['rarely', 'unlikely', 'seldom', 'rare', 'never', 'once a year'],
  }),
  impact: choice('how bad it is, as far as the text says', {
    high: [
      'lose',
      'lost',
      'loses',
      'danger',
      'dangerous',
      'injury',
      'fine',
      'leak',
      'serious',
      'stop',
      'stops',
      'fail',
      'fails',
      'abandon',
      'illegal',
      'unsafe',
    ],
    medium: [
      'delay',
      'delays',
      'slow',
      'late',
      'wrong',
      'error',
      'errors',
      'confusion',
      'complain',
      'waste',
      'wasted',
      'miss',
      'missed',
      'double',
    ],
    low: ['annoying', 'minor', 'inconvenient', 'untidy', 'cosmetic'],
  }),
  mitigation: claim(
    'mitigation: what prevents it or softens it: must, so, check, backup, confirm, limit, warn, again, instead',
    GROUNDS.mitigation,
  ),
});

export const riskRegisterSchema = z.strictObject({
  risks: z.array(riskSchema).describe('the risks, by category'),
});

export type RiskRegister = z.infer<typeof riskRegisterSchema>;
export type Risk = z.infer<typeof riskSchema>;
