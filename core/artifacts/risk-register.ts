// RiskRegister (critique): what may go wrong, how likely, how bad, and what is done about it.

import { z } from 'zod';
import { claim } from './claim.ts';
import { choice, id, list } from './fields.ts';
import { GROUNDS } from './grounds.ts';

const RISK_CATEGORIES = {
  technical: list(
    'connection, offline, server, device, battery, system, data, software, browser, internet, network, ' +
      'scan, synchronises, slow to answer, fault, records on it, exports, code, interface, outage, bug',
  ),
  business: list(
    'grant, cost, costs, price, money, budget, funding, pay, paid, revenue, competitor, sponsor, hosting, ' +
      'sold, market, contract, customers leave',
  ),
  user: list(
    'members, people, users, volunteers, customers, trust, learn, forget, older, elderly, confusing, ' +
      'habit, fear, skip, refuse, stop using, parents, read',
  ),
  security: list('abuse, password, attack, steal, stolen, fraud, leak, leaked, hacked, stranger, strangers'),
  legal: list('law, legal, illegally, liability, consent, gdpr, regulation, insurance, privacy, personal data'),
  operational: list('staff, illness, training, maintain, schedule, weather, shortage, unavailable, queue'),
};

const LIKELIHOODS = {
  high: list('likely, often, frequently, usually, always, every week, every day, regularly, constantly, common'),
  medium: list('sometimes, may, might, can, could, occasionally, some, if, when, would'),
  low: list('rarely, unlikely, seldom, rare, once a year'),
};

const IMPACTS = {
  high: list(
    'lose, lost, loses, danger, dangerous, injury, leak, leaked, serious, stop, stops, fail, fails, ' +
      'abandon, illegal, illegally, unsafe, ignore, mistake, stranger, end, ends, not want, disadvantage',
  ),
  medium: list(
    'delay, delays, slow, slower, slows, late, wrong, wrongly, error, errors, confusion, complain, waste, ' +
      'wasted, miss, missed, double, twice, again, skip, not trust, not read, not answer, same',
  ),
  low: list('annoying, minor, inconvenient, untidy, cosmetic'),
};

const riskSchema = z.strictObject({
  id: id('RISK'),
  category: choice('the side from which it threatens', RISK_CATEGORIES),
  statement: claim('risk: what may go wrong: worries, might, could, lost, fail, danger, abuse, wrong', GROUNDS.risk),
  likelihood: choice('how likely it is, as far as the text says', LIKELIHOODS),
  impact: choice('how bad it is, as far as the text says', IMPACTS),
  mitigation: claim(
    'mitigation: what prevents it or softens it: must, check, backup, confirm, limit, warn, instead',
    GROUNDS.mitigation,
  ),
});

export const riskRegisterSchema = z.strictObject({
  risks: z.array(riskSchema).describe('the risks, by category'),
});

export type RiskRegister = z.infer<typeof riskRegisterSchema>;
export type Risk = z.infer<typeof riskSchema>;
