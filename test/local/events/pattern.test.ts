import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../../local/events/pattern.ts';

const event = {
  source: 'shop.orders',
  account: '123',
  detail: {
    state: 'paid',
    price: 12.5,
    tags: ['new', 'Big'],
    nothing: null,
    empty: '',
    express: false,
    ip: '10.1.2.3',
    path: 'a/b/c.png',
    items: [
      { kind: 'book', count: 1 },
      { kind: 'pen', count: 5 },
    ],
  },
};

const holds: readonly object[] = [
  { source: ['shop.orders'] },
  { source: ['other', 'shop.orders'] },
  { detail: { price: [12.5] } },
  { detail: { nothing: [null] } },
  { detail: { express: [false] } },
  { detail: { tags: ['new'] } },
  { source: [{ prefix: 'shop.' }] },
  { source: [{ prefix: { 'equals-ignore-case': 'SHOP.' } }] },
  { detail: { path: [{ suffix: '.png' }] } },
  { detail: { path: [{ suffix: { 'equals-ignore-case': '.PNG' } }] } },
  { detail: { tags: [{ 'equals-ignore-case': 'BIG' }] } },
  { detail: { state: [{ 'anything-but': 'failed' }] } },
  { detail: { state: [{ 'anything-but': ['failed', 'lost'] }] } },
  { detail: { price: [{ 'anything-but': [1, 2] }] } },
  { detail: { state: [{ 'anything-but': { prefix: 'f' } }] } },
  { detail: { state: [{ 'anything-but': { suffix: ['x', 'y'] } }] } },
  { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'FAILED' } }] } },
  { detail: { path: [{ 'anything-but': { wildcard: '*.jpg' } }] } },
  { detail: { price: [{ numeric: ['>', 12, '<=', 12.5] }] } },
  { detail: { price: [{ numeric: ['=', 12.5] }] } },
  { detail: { state: [{ exists: true }] } },
  { detail: { missing: [{ exists: false }] } },
  { detail: { path: [{ wildcard: 'a/*/c.*' }] } },
  { detail: { path: [{ wildcard: '*' }] } },
  { detail: { ip: [{ cidr: '10.0.0.0/8' }] } },
  { detail: { items: { kind: ['pen'], count: [5] } } },
  { $or: [{ source: ['nope'] }, { detail: { price: [{ numeric: ['>', 10] }] } }] },
  { detail: { $or: [{ state: ['lost'] }, { state: ['paid'] }] } },
];

const holdsNot: readonly object[] = [
  { source: ['shop'] },
  { missing: ['x'] },
  { detail: { price: ['12.5'] } },
  { detail: { empty: [null] } },
  { source: ['shop.orders'], account: ['124'] },
  { detail: { state: [{ 'anything-but': ['paid'] }] } },
  { detail: { missing: [{ 'anything-but': 'x' }] } },
  { detail: { state: [{ 'anything-but': { prefix: 'pa' } }] } },
  { detail: { price: [{ numeric: ['>', 12.5] }] } },
  { detail: { state: [{ numeric: ['>', 0] }] } },
  { detail: { state: [{ exists: false }] } },
  { detail: { missing: [{ exists: true }] } },
  { detail: { path: [{ wildcard: 'b*' }] } },
  { detail: { path: [{ wildcard: '*c*c*' }] } },
  { detail: { ip: [{ cidr: '10.2.0.0/16' }] } },
  { detail: { items: { kind: ['book'], count: [5] } } },
  { $or: [{ source: ['nope'] }, { account: ['124'] }] },
  { detail: { state: { deeper: ['x'] } } },
];

const invalid: readonly [string, string][] = [
  ['{', 'not valid JSON'],
  ['[]', 'not an object'],
  ['{"a": "b"}', 'must be an object or an array'],
  ['{"a": []}', 'Empty arrays'],
  ['{"a": {}}', 'Empty objects'],
  ['{"a": [{"prefix": 1}]}', 'must be a string'],
  ['{"a": [{"like": "x"}]}', 'Unrecognized match type like'],
  ['{"a": [{"prefix": "x", "suffix": "y"}]}', 'Only one key'],
  ['{"a": [{"numeric": [">"]}]}', 'numeric'],
  ['{"a": [{"numeric": ["~", 1]}]}', 'numeric'],
  ['{"a": [{"wildcard": "a**b"}]}', 'Consecutive'],
  ['{"a": [{"cidr": "10.0.0.0/33"}]}', 'Malformed CIDR'],
  ['{"a": [{"exists": "yes"}]}', 'exists'],
  ['{"$or": [{"a": ["b"]}]}', '$or'],
  ['{"a": [["b"]]}', 'Match value'],
];

describe('an event pattern', () => {
  it.each(holds)('matches by %j', (pattern) => {
    expect(compilePattern(JSON.stringify(pattern))(event)).toBe(true);
  });

  it.each(holdsNot)('does not match by %j', (pattern) => {
    expect(compilePattern(JSON.stringify(pattern))(event)).toBe(false);
  });

  it.each(invalid)('%s is refused', (text, reason) => {
    expect(() => compilePattern(text)).toThrow(
      expect.objectContaining({ name: 'InvalidEventPatternException', message: expect.stringContaining(reason) }),
    );
  });

  it('with a wildcard agrees with the regular expression of the same meaning', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const wildcard = fc
      .string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 })
      .filter((text) => !text.includes('**'));
    fc.assert(
      fc.property(wildcard, letters, (text, value) => {
        const expected = new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(value);
        expect(compilePattern(JSON.stringify({ v: [{ wildcard: text }] }))({ v: value })).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws on any event', () => {
    const matchers = [...holds, ...holdsNot].map((pattern) => compilePattern(JSON.stringify(pattern)));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const matches of matchers) expect(typeof matches(value)).toBe('boolean');
      }),
    );
  });
});
