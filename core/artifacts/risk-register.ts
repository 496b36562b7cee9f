// RiskRegister (critique): what may go wrong, how likely, how bad, and what is done about it.

import { z } from 'zod';
import { claim } from './claim.ts';
import { choice, id } from './fields.ts';

export const riskCategories = ['technical', 'business', 'user', 'security', 'legal', 'operational'] as const;

export const riskSchema = z.strictObject({
  id: id('RISK'),
  category: z.enum(riskCategories).describe('the side from which it threatens'),
  statement: claim('what may go wrong'),
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
  mitigation: claim('what prevents it or softens it: must, check, backup, confirm, limit, warn, approve'),
});

export const riskRegisterSchema = z.strictObject({
  risks: z.array(riskSchema).describe('the risks, by category'),
});

export type RiskRegister = z.infer<typeof riskRegisterSchema>;
export type Risk = z.infer<typeof riskSchema>;
