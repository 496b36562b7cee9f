import { describe, expect, it } from '@jest/globals';
import { countPhrases, spoken, stem, stems } from '../../../agents/text/terms.ts';
import { countTokens } from '../../../agents/text/tokens.ts';

describe('terms', () => {
  it('stems words and drops function words, keeping modal ones', () => {
    expect(stem('the')).toBeNull();
    expect(stem('reservations')).toBe(stem('reserve'));
    expect(stems('The member’s tool must not be lent')).toEqual(['member', 'tool', 'must', 'not', 'lent']);
  });

  it('counts phrases as whole words, case aside', () => {
    expect(countPhrases('Out of Scope: a fort', ['out of scope', 'for', 'A FORT'])).toBe(2);
  });

  it('reads field names as words', () => {
    expect(spoken('targetUsers')).toBe('target users');
    expect(spoken('out-of_scope')).toBe('out of scope');
  });
});

describe('tokens', () => {
  it('counts runs of letters and digits, and every other mark', () => {
    expect(countTokens('Two birds, 3.5 kg!')).toBe(8);
    expect(countTokens(' \n')).toBe(0);
  });
});
