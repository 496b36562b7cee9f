import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../../core/json.ts';
import { aggregate, concat, merge, vote } from '../../../core/scheduling/aggregate.ts';

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), json) as fc.Arbitrary<{ [key: string]: Json }>;
const same = (a: Json, b: Json): void => expect(canonicalJson(a)).toBe(canonicalJson(b));

describe('merge', () => {
  it('merges objects recursively, the last writer winning, keys sorted', () => {
    const merged = merge([
      { b: { x: 1, y: 2 }, a: [1, 2] },
      { b: { y: 3, z: 4 }, a: [3] },
    ]);
    expect(merged).toEqual({ a: [3], b: { x: 1, y: 3, z: 4 } });
    expect(JSON.stringify(merged)).toBe('{"a":[3],"b":{"x":1,"y":3,"z":4}}');
  });

  it('may be done in steps, has {} for its neutral element, and changes nothing when repeated', () => {
    fc.assert(
      fc.property(record, record, record, (a, b, c) => {
        same(merge([merge([a, b]), c]), merge([a, b, c]));
        same(merge([{}, a]), a);
        same(merge([a, a]), a);
      }),
    );
  });

  it('has every key of every result, and the last value of each that is no object in both', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), (results) => {
        const merged = merge(results) as { [key: string]: Json };
        expect(Object.keys(merged)).toEqual([...new Set(results.flatMap((one) => Object.keys(one)))].sort());
        for (const [key, value] of Object.entries(merged)) {
          const last = results.findLast((one) => Object.hasOwn(one, key))?.[key] as Json;
          if (typeof last !== 'object' || last === null || Array.isArray(last)) same(value, last);
        }
      }),
    );
  });

  it('keeps a key named __proto__ a plain key', () => {
    const merged = merge([JSON.parse('{"__proto__":{"polluted":true}}') as Json, { a: 1 }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(merged as object)).toEqual(['__proto__', 'a']);
  });

  it('changes none of the results', () => {
    const results: Json[] = [{ a: { b: 1 } }, { a: { c: 2 } }];
    const before = canonicalJson(results);
    merge(results);
    expect(canonicalJson(results)).toBe(before);
  });
});

describe('concat', () => {
  it('joins lists one level deep and makes other values items', () => {
    expect(concat([[1, [2]], 3, [4]])).toEqual([1, [2], 3, 4]);
    expect(concat([])).toEqual([]);
  });

  it('adds the shards of an artifact up to the whole list', () => {
    const shard = (...ids: number[]): Json => ({ Stories: { list: ids.map((id) => ({ id })), round: ids.length } });
    expect(concat([shard(1, 2), shard(3)])).toEqual({ Stories: { list: [{ id: 1 }, { id: 2 }, { id: 3 }], round: 1 } });
  });

  it('is the list as it was, however it was sharded', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer())), (shards) => {
        expect(concat(shards.map((list) => ({ list })))).toEqual(shards.length === 0 ? [] : { list: shards.flat() });
      }),
    );
  });
});

describe('vote', () => {
  it('takes the most frequent result, whatever the order of its keys', () => {
    expect(vote([{ a: 1 }, { b: 1, c: 2 }, { c: 2, b: 1 }])).toEqual({ b: 1, c: 2 });
  });

  it('takes the first of equally frequent ones', () => {
    expect(vote(['x', 'y', 'y', 'x'])).toBe('x');
    expect(vote([])).toBeNull();
  });

  it('takes one of the results, and none is more frequent', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Json>(1, 'a', null, [1], { b: 2 }), { minLength: 1 }), (results) => {
        const texts = results.map(canonicalJson);
        const count = (text: string): number => texts.filter((one) => one === text).length;
        const winner = canonicalJson(vote(results));
        expect(count(winner)).toBe(Math.max(...texts.map(count)));
        expect(texts.find((text) => count(text) === count(winner))).toBe(winner);
      }),
    );
  });
});

describe('aggregate', () => {
  it('finds custom functions by name, and names those there are when it does not', () => {
    expect(
      aggregate({ kind: 'custom', name: 'union-by-id' }, [
        { l: [{ id: 'a', v: 1 }] },
        { l: [{ id: 'a', v: 2 }, { id: 'b' }] },
      ]),
    ).toEqual({
      l: [{ id: 'a', v: 1 }, { id: 'b' }],
    });
    expect(() => aggregate({ kind: 'custom', name: 'toString' }, [])).toThrow(
      'aggregation: expected one of first-known, union-by-id, found toString',
    );
  });
});
