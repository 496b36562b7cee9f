// The comparison the conformance figures rest on: masks, JSON texts, missing and further members.

import { describe, expect, it } from '@jest/globals';
import { difference } from './compare.ts';

describe('difference', () => {
  it.each([
    ['equal values', { a: [1, 'x', null] }, { a: [1, 'x', null] }],
    ['members in any order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['a mask for anything', { id: '⟪uuid⟫' }, { id: 7 }],
    ['a mask within a text', 'arn:⟪a⟫:end', 'arn:x:y:end'],
    ['an object for its JSON text', { input: { a: 1 } }, { input: '{"a": 1}' }],
    ['a value for its JSON text', { output: 3, other: 'x' }, { output: '3', other: '"x"' }],
    ['JSON texts that differ in spaces', '{"a": 1}', '{"a":1}'],
  ])('is none for %s', (_, expected, actual) => {
    expect(difference(expected, actual)).toBeUndefined();
  });

  it.each([
    ['a wrong value', { a: 1 }, { a: 2 }, '/a'],
    ['a missing member', { a: 1 }, {}, '/a'],
    ['a member too many', {}, { a: 1 }, '/a'],
    ['a masked member that is missing', { a: '⟪x⟫' }, {}, '/a'],
    ['a mask that would be empty', 'a⟪x⟫b', 'ab', '/'],
    ['a list of another length', [1], [1, 2], '/'],
    ['null for nothing', { a: null }, {}, '/a'],
    ['false for 0', 0, false, '/'],
  ])('tells %s', (_, expected, actual, place) => {
    expect(difference(expected, actual)).toContain(place);
  });
});
