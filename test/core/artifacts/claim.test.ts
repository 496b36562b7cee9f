import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { claim, claims, isClaim, isUnknown, unknownClaim } from '../../../core/artifacts/claim.ts';
import { choice, id } from '../../../core/artifacts/fields.ts';
import { isUnmeasured, measured, unmeasured } from '../../../core/artifacts/measured.ts';

const cite = { source: 'Idea', pointer: '', start: 0, end: 5 };

describe('a claim', () => {
  it('is known by its shape', () => {
    expect(isClaim({ text: 'A tool.', cites: [cite] })).toBe(true);
    expect(isClaim({ text: 'A tool.' })).toBe(false);
    expect(isClaim({ text: '', cites: [] })).toBe(false);
    expect(isClaim({ text: 'A tool.', cites: [{ ...cite, source: 'Wikipedia' }] })).toBe(false);
    expect(isClaim({ text: 'A tool.', cites: [{ ...cite, start: -1 }] })).toBe(false);
  });

  it('is a new UNKNOWN each time', () => {
    expect(unknownClaim()).not.toBe(unknownClaim());
    expect(isUnknown(unknownClaim())).toBe(true);
    expect(isUnknown({ text: 'unknown', cites: [] })).toBe(false);
  });

  it('comes in lists no longer than they say', () => {
    const list = claims('a thing', 1);
    expect(list.safeParse([unknownClaim()]).success).toBe(true);
    expect(list.safeParse([unknownClaim(), unknownClaim()]).success).toBe(false);
  });

  it('tells a provider what supports it', () => {
    const schema = z.toJSONSchema(claim('a risk', { cues: ['might'] }));
    expect(schema).toMatchObject({ description: 'a risk', 'x-claim': true, 'x-grounds': { cues: ['might'] } });
  });
});

describe('a measured figure', () => {
  const figure = measured(z.int(), 'a count');

  it('is a value with its tool, or the reason why there is none', () => {
    expect(figure.safeParse({ status: 'measured', value: 3, by: 'jest 30' }).success).toBe(true);
    expect(figure.safeParse(unmeasured('nothing ran')).success).toBe(true);
  });

  it('is never a bare number, a value without a tool, or a gap without a reason', () => {
    expect(figure.safeParse(3).success).toBe(false);
    expect(figure.safeParse({ status: 'measured', value: 3 }).success).toBe(false);
    expect(figure.safeParse(unmeasured('')).success).toBe(false);
    expect(isUnmeasured({ status: 'unmeasured' })).toBe(false);
  });
});

describe('shared fields', () => {
  it('adds unknown to every choice', () => {
    const kind = choice('which', { one: ['uno'], two: [] });
    expect(kind.options).toEqual(['one', 'two', 'unknown']);
    expect(z.toJSONSchema(kind)).toMatchObject({ 'x-terms': { one: ['uno'], two: [] } });
  });

  it('numbers ids by their prefix', () => {
    expect(id('R').safeParse('R12').success).toBe(true);
    expect(id('R').safeParse('S1').success).toBe(false);
    expect(id('R').safeParse('R').success).toBe(false);
  });
});
