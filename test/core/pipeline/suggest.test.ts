import { describe, expect, it } from '@jest/globals';
import { oneOf, suggest } from '../../../core/pipeline/suggest.ts';

describe('suggest', () => {
  it.each([
    ['budgte', 'budget'],
    ['risk_analysis', 'risk-analysis'],
    ['RiskAnalysisReport', undefined],
    ['AT_LEAST', 'at-least'],
    ['xx', undefined],
  ])('%s: %s', (found, meant) => {
    const words = ['budget', 'risk-analysis', 'at-least', 'completeness'];
    expect(suggest(found, words)).toBe(meant === undefined ? undefined : `did you mean ${meant}?`);
  });

  it('has nothing to say without candidates', () => {
    expect(suggest('x', [])).toBeUndefined();
    expect(oneOf([])).toBe('nothing (none is declared)');
  });

  it('lists a dozen candidates, then counts', () => {
    const words = Array.from({ length: 20 }, (_, index) => `w${index}`);
    expect(oneOf(words.slice(0, 2))).toBe('one of w0, w1');
    expect(oneOf(words)).toBe(`one of ${words.slice(0, 12).join(', ')}, ... (20 in all)`);
  });
});
