import { expect, it } from '@jest/globals';
import { evaluate, say, texts, unknown } from '../evidence-of.ts';

const risk = (category: string, rest = {}) => ({
  id: 'RISK1',
  category,
  statement: say('x'),
  likelihood: 'high',
  impact: 'low',
  mitigation: say('y'),
  ...rest,
});

it('is the share of categories with an assessed risk', () => {
  const risks = [
    risk('technical'),
    risk('business', { mitigation: unknown }),
    risk('user', { impact: 'unknown' }),
    risk('legal'),
  ];
  const evaluation = evaluate('risk-coverage', { RiskRegister: { risks } });
  expect((evaluation as { score: number }).score).toBeCloseTo(1 / 3, 10);
  expect(texts(evaluation)).toEqual([
    'no business risk has likelihood, impact and mitigation',
    'no user risk has likelihood, impact and mitigation',
  ]);
});

it('does not count a likelihood nobody knows', () => {
  expect(
    evaluate('risk-coverage', { RiskRegister: { risks: [risk('user', { likelihood: 'unknown' })] } }),
  ).toMatchObject({ score: 0 });
  expect(evaluate('risk-coverage', {})).toMatchObject({ status: 'unmeasured' });
});

it('does not count a mitigation that rests on the very span of the risk', () => {
  const cites = [{ source: 'Idea' as const, pointer: '', start: 0, end: 5 }];
  const statement = { text: 'Tools get lost.', cites };
  const of = (mitigation: unknown) =>
    evaluate('risk-coverage', { RiskRegister: { risks: [risk('user', { statement, mitigation })] } });
  expect(of({ text: 'Tools again.', cites })).toMatchObject({ score: 0 });
  expect(of({ text: statement.text, cites: [{ ...cites[0], start: 9, end: 14 }] })).toMatchObject({ score: 0 });
  expect(
    (of({ text: 'Desk checks.', cites: [{ ...cites[0], start: 9, end: 14 }] }) as { score: number }).score,
  ).toBeCloseTo(1 / 3);
});
