// ConstraintsList (intake): limits set from outside, which no design may break.

import { z } from 'zod';
import { claim } from './claim.ts';
import { choice, id } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const constraintSchema = z.strictObject({
  id: id('C'),
  statement: claim(
    'constraint: limit set from outside: must, budget, deadline, law, within, before, at most, only, cannot, no',
    GROUNDS.constraint,
  ),
  category: choice('what kind of limit it is', {
    budget: ['budget', 'cost', 'costs', 'price', 'money', 'spend', 'cheap', 'afford', 'funding', 'grant', 'fee'],
    time: ['deadline', 'month', 'months', 'week', 'weeks', 'launch', 'before', 'season', 'schedule', 'by the end'],
    legal: [
      'law',
      'legal',
      'gdpr',
      'regulation',
      'consent',
      'privacy',
      'licence',
      'license',
      'personal data',
      'comply',
    ],
    technical: [
      'offline',
      'browser',
      'phone',
      'phones',
      'server',
      'internet',
      'database',
      'hardware',
      'android',
      'api',
    ],
    operational: ['staff', 'volunteer', 'volunteers', 'maintain', 'training', 'support', 'administrator', 'hours'],
  }),
});

export const constraintsListSchema = z.strictObject({
  constraints: z.array(constraintSchema).describe('the constraints that the idea states, in its order'),
});
