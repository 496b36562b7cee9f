import { describe, expect, it } from '@jest/globals';
import { coreWords } from '../../../core/pipeline/core-words.ts';

describe('the words of core', () => {
  it('names criteria and guards, each guard with its parameters', () => {
    expect(coreWords.criteria).toContain('risk-coverage');
    expect(coreWords.guards?.['items-at-least']).toEqual(['artifact', 'path', 'atLeast']);
    expect(coreWords.guards?.['pass-rate']).toEqual(['atLeast']);
    expect(coreWords.aggregations).toContain('first-known');
  });

  it('finds the guard that cannot use its parameters', () => {
    expect(coreWords.guardFault?.('items-at-least', { artifact: 'PRD', path: 'nfrs', atLeast: 3 })).toBeUndefined();
    expect(coreWords.guardFault?.('items-at-least', { artifact: 'PRD', atLeast: 3 })).toContain('path');
    expect(coreWords.guardFault?.('pass-rate', { atLeast: 'all' })).toContain('atLeast');
    expect(coreWords.guardFault?.('no-such-guard', {})).toBeUndefined();
  });
});
