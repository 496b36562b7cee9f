import { describe, expect, it } from '@jest/globals';
import { aggregationNames } from '../../../core/scheduling/custom-aggregations.ts';
import { firstKnown } from '../../../core/scheduling/first-known.ts';
import { unionById } from '../../../core/scheduling/union-by-id.ts';

const claim = (text: string) => ({ text, cites: [] });

describe('first-known', () => {
  it('believes the first agent that knows a field, and lets later ones fill gaps', () => {
    const first = {
      title: claim('Shed'),
      problem: claim('UNKNOWN'),
      goals: [],
      lines: { status: 'unmeasured', reason: 'x' },
    };
    const second = {
      title: claim('Barn'),
      problem: claim('lost'),
      goals: [claim('g')],
      lines: { status: 'measured', value: 1, by: 't' },
    };
    expect(firstKnown([first, second])).toEqual({
      title: claim('Shed'),
      problem: claim('lost'),
      goals: [claim('g')],
      lines: { status: 'measured', value: 1, by: 't' },
    });
  });

  it('keeps a gap that nobody fills, and never mixes the parts of two claims', () => {
    expect(firstKnown([{ a: claim('UNKNOWN') }, { a: claim('UNKNOWN') }])).toEqual({ a: claim('UNKNOWN') });
    expect(firstKnown([{ a: { text: 'one', cites: [] } }, { a: { text: 'two', cites: [{ start: 1 }] } }])).toEqual({
      a: { text: 'one', cites: [] },
    });
  });
});

describe('union-by-id', () => {
  it('unites lists by id or story, the first item of an id winning, in order of appearance', () => {
    const united = unionById([
      { s: [{ story: 'S2', v: 1 }, { story: 'S1' }] },
      { s: [{ story: 'S2', v: 2 }, { story: 'S3' }], t: 'x' },
      { t: 'y' },
    ]);
    expect(united).toEqual({ s: [{ story: 'S2', v: 1 }, { story: 'S1' }, { story: 'S3' }], t: 'x' });
  });

  it('takes equal items without an id for one', () => {
    expect(unionById([{ l: ['a', 'b'] }, { l: ['b', 'c'] }])).toEqual({ l: ['a', 'b', 'c'] });
  });
});

it('lists its names sorted', () => {
  expect(aggregationNames).toEqual(['first-known', 'union-by-id']);
});
