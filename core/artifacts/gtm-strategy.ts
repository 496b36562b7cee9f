// GTMStrategy (bizdev): how the product reaches its first users and how the beta is judged.

import { z } from 'zod';
import { claim, claims } from './claim.ts';
import { GROUNDS } from './grounds.ts';

export const gtmStrategySchema = z.strictObject({
  audience: claims('audience: who hears of it first, early users, first group, pilot', 4, GROUNDS.audience),
  message: claim('message: overview of what the product does for its users, its benefit, description'),
  channels: claims(
    'channel: how people learn of it: newsletter, meeting, partner, region, country, asked, agreed, join, follow',
    4,
    GROUNDS.channel,
  ),
  launch: claims('launch: when and where it starts, pilot, first month, deadline, season', 4),
  successSignals: claims(
    'signal: figure or observation that shows the launch works: at least, percent, number, within, goal, fall, success',
    5,
    GROUNDS.target,
  ),
});

export type GTMStrategy = z.infer<typeof gtmStrategySchema>;
