import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packDirectories, shrinkList } from '../../../core/resilience/shrink.ts';

const file = (path: string, lines: number) => ({ path, lines });

describe('packDirectories', () => {
  it('keeps directories whole while they fit', () => {
    const packs = packDirectories(
      [file('b/1.ts', 60), file('a/1.ts', 30), file('a/2.ts', 20), file('c/1.ts', 40)],
      100,
    );
    expect(packs.map(({ directories, lines }) => [directories.join(' '), lines])).toEqual([
      ['a', 50],
      ['b c', 100],
    ]);
  });

  it('packs a directory that is too large file by file, and a file that is too large alone', () => {
    const packs = packDirectories([file('a/1.ts', 60), file('a/2.ts', 60), file('a/3.ts', 500)], 100);
    expect(packs.map(({ files }) => files.map(({ path }) => path))).toEqual([['a/1.ts'], ['a/2.ts'], ['a/3.ts']]);
  });

  it('has every file in exactly one pack, and no pack of several files over the limit', () => {
    const files = fc.uniqueArray(fc.record({ path: fc.stringMatching(/^[a-d]\/[e-z]{1,3}$/), lines: fc.nat(150) }), {
      selector: ({ path }) => path,
      maxLength: 40,
    });
    fc.assert(
      fc.property(files, (all) => {
        const packs = packDirectories(all, 100);
        expect(packs.flatMap((pack) => pack.files.map(({ path }) => path)).sort()).toEqual(
          all.map(({ path }) => path).sort(),
        );
        for (const pack of packs) {
          expect(pack.lines).toBe(pack.files.reduce((sum, { lines }) => sum + lines, 0));
          expect(pack.files.length === 1 || pack.lines <= 100).toBe(true);
        }
      }),
    );
  });

  it('leaves what fits in one piece', () => {
    expect(packDirectories([file('a/1.ts', 5000), file('b/1.ts', 5000)])).toHaveLength(1);
    expect(packDirectories([file('a/1.ts', 5000), file('b/1.ts', 5001)])).toHaveLength(2);
  });
});

it('shrinkList keeps order and makes parts as even as can be', () => {
  expect(shrinkList([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([
    [1, 2],
    [3, 4],
    [5, 6, 7],
  ]);
  expect(shrinkList([], 3)).toEqual([]);
  expect(() => shrinkList([1], 0)).toThrow('parts: expected a size of 1 or more, found 0');
});
