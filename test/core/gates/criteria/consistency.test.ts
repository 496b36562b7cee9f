import { describe, expect, it } from '@jest/globals';
import { evaluate, say, texts, unknown } from '../evidence-of.ts';

const consistency = (...statements: string[]) => evaluate('consistency', { PRD: { claims: statements.map(say) } });

describe('two statements contradict each other', () => {
  it.each<[string, string, string]>([
    ['numbers', 'A member may keep a tool for 7 days.', 'A member may keep a tool for 14 days.'],
    ['numbers', 'A member may keep a tool for 7 days.', 'A member may keep a tool for two weeks.'],
    ['numbers', 'Members pay 5 EUR for each loan.', 'Members pay 6.50 EUR for each loan.'],
    ['numbers', 'At least 20 members use the desk on Saturdays.', 'At most 10 members use the desk on Saturdays.'],
    ['numbers', 'Fees cover 40 % of the hosting costs.', 'Fees cover 60 percent of the hosting costs.'],
    ['dates', 'The beta for members opens on 1 April.', 'The beta for members opens on April 15th.'],
    ['dates', 'The beta for members opens in March 2027.', 'The beta for members opens on 2027-04-02.'],
    ['modality', 'Members must sign the safety form.', 'Members must not sign the safety form.'],
    ['modality', 'Members must sign the safety form.', 'Members need not sign the safety form.'],
    ['modality', 'Volunteers can delete a member record.', 'Volunteers cannot delete a member record.'],
    ['modality', 'The desk has a fixed internet connection.', 'The desk has no fixed internet connection.'],
  ])('by %s: %j against %j', (about, first, second) => {
    for (const pair of [
      [first, second],
      [second, first],
    ] as const) {
      const evaluation = consistency(...pair);
      expect(evaluation).toMatchObject({ status: 'measured', score: 0 });
      expect(texts(evaluation)).toHaveLength(1);
      expect(texts(evaluation)[0]).toContain(
        `${about}: PRD.claims[0] says "${pair[0]}", PRD.claims[1] says "${pair[1]}"`,
      );
    }
  });
});

describe('two statements do not contradict each other', () => {
  it.each<[string, string, string]>([
    [
      'that say the same in other units',
      'A member may keep a tool for 14 days.',
      'A member may keep a tool for 2 weeks.',
    ],
    [
      'whose ranges meet',
      'At least 5 members use the desk on Saturdays.',
      'At most 50 members use the desk on Saturdays.',
    ],
    ['one of which binds more', 'Members must sign the safety form.', 'Members can sign the safety form.'],
    [
      'of dates where one is less precise',
      'The beta for members opens in April 2027.',
      'The beta for members opens on 2027-04-02.',
    ],
  ])('%s', (_, first, second) => {
    expect(consistency(first, second)).toMatchObject({ status: 'measured', score: 1, findings: [] });
  });
});

describe('two statements cannot be compared, which is no proof of consistency', () => {
  it.each<[string, string, string]>([
    ['about another subject', 'Large tools may be kept for 14 days.', 'Tools may be kept for 7 days.'],
    [
      'about another time',
      'A reminder goes out 2 days before the due date.',
      'A second reminder goes out 1 day after the due date.',
    ],
    ['about other units', 'The desk opens 3 hours on Saturdays.', 'The desk opens 2 times on Saturdays.'],
    ['with little in common', 'Members must pay the fee.', 'Volunteers must not lend broken tools.'],
    ['written twice', 'Members must sign the safety form.', 'members must sign the safety form'],
  ])('%s', (_, first, second) => {
    expect(consistency(first, second)).toEqual({
      status: 'inapplicable',
      reason: 'no two of the 2 statements are comparable',
    });
  });
});

it('is 1 - contradicting pairs / comparable pairs', () => {
  const evaluation = consistency(
    'A member may keep a tool for 7 days.',
    'A member may keep a tool for 14 days.',
    'A member may keep a tool for 2 weeks.',
  );
  expect(evaluation).toMatchObject({ detail: '2 contradicting of 3 comparable pairs among 3 statements' });
  expect((evaluation as { score: number }).score).toBeCloseTo(1 / 3, 10);
});

it('compares what the phase makes with what it was given', () => {
  const artifacts = {
    PRD: { a: say('A member may keep a tool for 7 days.') },
    IdeaSpec: { a: say('A member may keep a tool for 9 days.') },
  };
  expect(evaluate('consistency', artifacts, { makes: ['PRD'] })).toMatchObject({ score: 0 });
});

it('is unmeasured without statements', () => {
  expect(evaluate('consistency', { PRD: { a: unknown } })).toMatchObject({ status: 'unmeasured' });
});
