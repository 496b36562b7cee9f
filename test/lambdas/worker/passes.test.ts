// How a task's shard is worked through: at once, in smaller batches, or by whole directories where it is too much code.

import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../core/json.ts';
import { passesOf, together } from '../../../lambdas/worker/passes.ts';

const shard = (items: Json[]) => ({ index: 0, count: 1, items });
const file = (path: string, lines: number): Json => ({ path, text: 'x\n'.repeat(lines) });
const paths = (pass: { readonly shard: { readonly items: readonly Json[] } | null }): string[] =>
  (pass.shard?.items ?? []).map((item) => (item as { path: string }).path);

describe('a shard', () => {
  it('is one pass, with the steps of the whole', () => {
    expect(passesOf({ strict: false }, shard([1, 2]))).toEqual([{ shard: shard([1, 2]), variant: 'plain' }]);
    expect(passesOf({ strict: true }, null)).toEqual([{ shard: null, variant: 'strict' }]);
    expect(passesOf({ strict: false, batchSize: 2 }, shard([1, 2]))).toHaveLength(1);
  });

  it('in smaller batches keeps every item once, in order, with steps of each batch’s own', () => {
    const passes = passesOf({ strict: false, batchSize: 2 }, shard([1, 2, 3, 4, 5]));
    expect(passes.flatMap((pass) => pass.shard?.items ?? [])).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(passes.map(({ variant }) => variant)).size).toBe(3);
  });

  it('of files is packed by whole directories once it passes 10,000 lines', () => {
    const files = [
      file('src/a/1.ts', 4000),
      file('src/b/2.ts', 4000),
      file('src/a/3.ts', 3000),
      file('src/c/4.ts', 3000),
    ];
    const passes = passesOf({ strict: false }, shard(files));
    expect(passes.map(paths)).toEqual([
      ['src/a/1.ts', 'src/a/3.ts'],
      ['src/b/2.ts', 'src/c/4.ts'],
    ]);
    expect(passesOf({ strict: false }, shard(files.slice(0, 2)))).toHaveLength(1);
    expect(passesOf({ strict: false }, shard([...files, 'no file']))).toHaveLength(1);
  });
});

it('puts the parts together as the phase does, done when all say so', () => {
  const part = (stories: Json[], done: boolean) => ({
    result: { artifacts: { UserStories: { stories } }, done },
    steps: [{ name: 'cut', runs: 1 }],
  });
  expect(together({ kind: 'concat' }, [part([1], true), part([2], false)])).toEqual({
    result: { artifacts: { UserStories: { stories: [1, 2] } }, done: false },
    steps: [
      { name: '1: cut', runs: 1 },
      { name: '2: cut', runs: 1 },
    ],
  });
});
