// Word lists by which text alone tells what a sentence is about. Used by schemas whose claims are easily confused:
// a requirement is not a risk, a problem is not a goal. A model gets the descriptions and needs none of this.

import type { Grounds } from './claim.ts';
import { list } from './fields.ts';

const REQUIREMENT_HEADINGS = list(
  'should do, must do, features, functions, requirements, what it does, what people do, how it works',
);
const LIMIT_HEADINGS = list('limits, limit, constraints, constraint, limitations, restrictions, rules, conditions');
const OUT_HEADINGS = list('out of scope, not now, later, not in scope, will not, non goals, not part');
const PROBLEM_HEADINGS = list('problem, problems, today, pain, background, currently, why');
const RISK_HEADINGS = list(
  'risk, risks, assumption, assumptions, worries, concerns, what could go wrong, open questions, ' +
    'granted, worries us, unknowns',
);
const GOAL_HEADINGS = list('success, goal, goals, works, outcomes, outcome, measures, results, aims');
const MONEY_HEADINGS = list('money, price, prices, pricing, costs, cost, business, revenue, funding, paying');
const PEOPLE_HEADINGS = list('who, users, people, audience, customers, roles');

export const GROUNDS = {
  requirement: {
    cues: [
      ...list('must, should, shall, can, needs to, need to, has to, have to, able to, lets, allows, may'),
      ...REQUIREMENT_HEADINGS,
    ],
    notUnder: [
      ...OUT_HEADINGS,
      ...PROBLEM_HEADINGS,
      ...RISK_HEADINGS,
      ...GOAL_HEADINGS,
      ...MONEY_HEADINGS,
      ...PEOPLE_HEADINGS,
    ],
  },
  constraint: {
    cues: [
      ...list(
        'must, must not, budget, deadline, by law, law requires, at most, no more than, within, before, ' + 'cannot',
      ),
      ...LIMIT_HEADINGS,
    ],
    notUnder: [
      ...OUT_HEADINGS,
      ...PROBLEM_HEADINGS,
      ...RISK_HEADINGS,
      ...GOAL_HEADINGS,
      ...REQUIREMENT_HEADINGS,
      ...PEOPLE_HEADINGS,
    ],
  },
  outOfScope: {
    cues: [
      'out of scope',
      'not part of',
      'will not',
      'does not',
      'do not need',
      'not needed',
      'not handled',
      'later',
      ...OUT_HEADINGS,
    ],
    notUnder: [...PROBLEM_HEADINGS, ...RISK_HEADINGS, ...GOAL_HEADINGS, ...REQUIREMENT_HEADINGS],
  },
  channel: {
    cues: list(
      'newsletter, meeting, poster, website, partner, word of mouth, neighbours, recommend, asked, agreed, ' +
        'want to see, join, follow, in the region, in the country, of this kind, advertise, press, fair, list',
    ),
    notUnder: [...OUT_HEADINGS, ...GOAL_HEADINGS, ...REQUIREMENT_HEADINGS, ...PROBLEM_HEADINGS, ...RISK_HEADINGS],
  },
  approach: {
    notUnder: [
      ...[...OUT_HEADINGS, ...RISK_HEADINGS, ...PROBLEM_HEADINGS, ...GOAL_HEADINGS, ...LIMIT_HEADINGS],
      ...[...MONEY_HEADINGS, ...PEOPLE_HEADINGS],
    ],
  },
  need: { notUnder: [...OUT_HEADINGS, ...RISK_HEADINGS, ...PROBLEM_HEADINGS, ...GOAL_HEADINGS, ...MONEY_HEADINGS] },
  frustration: {
    notUnder: [...OUT_HEADINGS, ...GOAL_HEADINGS, ...REQUIREMENT_HEADINGS, ...LIMIT_HEADINGS, ...MONEY_HEADINGS],
  },
  audience: { notUnder: [...OUT_HEADINGS, ...RISK_HEADINGS, ...PROBLEM_HEADINGS, ...LIMIT_HEADINGS, ...GOAL_HEADINGS] },
  benefit: { notUnder: [...OUT_HEADINGS, 'requirements', 'figures', ...LIMIT_HEADINGS] },
  rule: {
    cues: list('must, must not, within, at most, only, never, until, unless, no, at least, every'),
    notUnder: [...OUT_HEADINGS, 'figures', ...GOAL_HEADINGS, ...PROBLEM_HEADINGS],
  },
  description: {
    notUnder: [
      ...[
        ...OUT_HEADINGS,
        ...PROBLEM_HEADINGS,
        ...RISK_HEADINGS,
        ...GOAL_HEADINGS,
        ...LIMIT_HEADINGS,
        ...MONEY_HEADINGS,
      ],
      ...[...PEOPLE_HEADINGS, ...REQUIREMENT_HEADINGS],
    ],
  },
  problem: {
    notUnder: [...OUT_HEADINGS, ...RISK_HEADINGS, ...GOAL_HEADINGS, ...REQUIREMENT_HEADINGS, ...MONEY_HEADINGS],
  },
  goal: {
    notUnder: [...OUT_HEADINGS, ...PROBLEM_HEADINGS, ...RISK_HEADINGS, ...REQUIREMENT_HEADINGS, ...LIMIT_HEADINGS],
  },
  risk: {
    cues: [
      ...list('risk, risks, might, could, danger, if, fail, fails, lost, abuse, wrong, worry, worries, fear, threat'),
      ...['what could go wrong', 'worries', 'concerns', 'dangerous'],
    ],
    notUnder: [
      ...PROBLEM_HEADINGS,
      ...OUT_HEADINGS,
      ...REQUIREMENT_HEADINGS,
      ...GOAL_HEADINGS,
      ...PEOPLE_HEADINGS,
      ...MONEY_HEADINGS,
    ],
  },
  mitigation: {
    cues: list(
      'must, need, needs, should, backup, check, checks, confirm, confirms, warn, warns, remind, ' +
        'reminder, limit, approve, review, instead, prevent, prevents, avoid, fallback, only',
    ),
    notUnder: [...OUT_HEADINGS, ...PROBLEM_HEADINGS],
  },
  assumption: {
    cues: [
      ...list('assume, assumes, assumption, expect, expects, believe, hope, think, likely, presume, suppose'),
      ...['guess', 'plan to', 'count on', 'rely on'],
    ],
    notUnder: [...OUT_HEADINGS, ...REQUIREMENT_HEADINGS, ...PEOPLE_HEADINGS],
  },
  rationale: {
    cues: [
      ...list('because, since, as, already, so, experience, tried, asked, told, said, survey, last year'),
      'therefore',
    ],
  },
  test: {
    cues: list(
      'at least, at most, within, measure, measured, test, trial, pilot, count, fall, falls, halve, rise, ' +
        'per cent, percent, first month, first three months, after, minutes, in ten, more than, less than, ' +
        'fewer',
    ),
    notUnder: [...OUT_HEADINGS, ...PROBLEM_HEADINGS],
  },
  statusQuo: {
    notUnder: [
      ...PEOPLE_HEADINGS,
      ...OUT_HEADINGS,
      ...RISK_HEADINGS,
      ...GOAL_HEADINGS,
      ...REQUIREMENT_HEADINGS,
      ...LIMIT_HEADINGS,
      ...MONEY_HEADINGS,
    ],
  },
  gap: {
    cues: list('nobody, no, not, missing, none, never, without, lack, cannot'),
    notUnder: [
      ...PEOPLE_HEADINGS,
      ...OUT_HEADINGS,
      ...RISK_HEADINGS,
      ...GOAL_HEADINGS,
      ...REQUIREMENT_HEADINGS,
      ...LIMIT_HEADINGS,
      ...MONEY_HEADINGS,
    ],
  },
  comparison: {
    cues: list('instead, unlike, compared, than, rather, other, others, exists, existing, without'),
    notUnder: [
      ...OUT_HEADINGS,
      ...GOAL_HEADINGS,
      ...LIMIT_HEADINGS,
      ...RISK_HEADINGS,
      ...REQUIREMENT_HEADINGS,
      ...PEOPLE_HEADINGS,
    ],
  },
  weakness: {
    cues: [
      ...list('difficult, hard, unclear, not sure, slow, late, cut, lost, twice, expensive, might not, no'),
      ...['never', 'cannot', 'unknown'],
    ],
    notUnder: [...OUT_HEADINGS, ...REQUIREMENT_HEADINGS, ...GOAL_HEADINGS, ...PEOPLE_HEADINGS],
  },
  openQuestion: {
    cues: [
      ...list('unclear, undecided, not sure, whether, do not know, depends, to be decided, question, perhaps'),
      'maybe',
    ],
  },
  revenue: {
    cues: list(
      'pay, pays, paid, sold, earns, membership, price, fee, fees, subscription, grant, income, revenue, donation, donations, sell, ' +
        'free of charge, charge, sponsor, fund, funded',
    ),
    notUnder: [...OUT_HEADINGS, ...RISK_HEADINGS],
  },
  cost: {
    cues: list('cost, costs, budget, hosting, expense, expensive, spend, salary, cheap, rent, maintenance'),
    notUnder: [...OUT_HEADINGS, ...RISK_HEADINGS],
  },
  target: {
    cues: list(
      'at least, at most, within, fall, falls, halve, rise, per cent, percent, fewer, more than, less than, ' +
        'no more, up to, gone, success, works',
    ),
    notUnder: [...OUT_HEADINGS, ...PROBLEM_HEADINGS],
  },
  quality: {
    cues: list(
      'second, seconds, fast, slow, usable, accessible, keyboard, screen reader, offline, connection, ' +
        'secure, privacy, personal, deleted, only, nobody, backup, reliable, available, phone, browser, ' +
        'simple, easy, language, languages, readable, encrypted, lost, twice, quickly, minutes, consent, ' +
        'private, visible',
    ),
    notUnder: [...OUT_HEADINGS, ...PROBLEM_HEADINGS, ...GOAL_HEADINGS, ...PEOPLE_HEADINGS, ...MONEY_HEADINGS],
  },
  user: {
    notUnder: [
      ...OUT_HEADINGS,
      ...PROBLEM_HEADINGS,
      ...RISK_HEADINGS,
      ...GOAL_HEADINGS,
      ...LIMIT_HEADINGS,
      ...MONEY_HEADINGS,
    ],
  },
} satisfies Record<string, Grounds>;

/** Of equal counts the first wins; what a heading says counts twice. */
export const KINDS_OF_REQUIREMENT = {
  quality: list(
    'seconds, second, fast, usable, accessible, keyboard, screen reader, offline, slow connection, secure, ' +
      'reliable, available, simple, easy, readable, private, encrypted, within, wcag, large text',
  ),
  constraint: [
    'budget',
    'law',
    'requires',
    'deadline',
    'before',
    'grant',
    'licence',
    'hosting',
    'euros',
    'dollars',
    ...LIMIT_HEADINGS,
  ],
  functional: [
    ...list('can, able to, lets, allows, send, sends, record, records, add, adds, show, shows, see, sees'),
    ...list('search, find, export, import, reserve, book, cancel, assign, list, report, approve, confirm'),
    ...REQUIREMENT_HEADINGS,
  ],
};
