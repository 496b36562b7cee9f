// An environment reads what never changes once, forgets what failed to load, and does not grow without end.

import { expect, it } from '@jest/globals';
import { keepObjects } from '../../../lambdas/worker/kept-objects.ts';

const loader = () => {
  const loads: string[] = [];
  const load = (sha256: string) => async () => {
    loads.push(sha256);
    return { sha256 };
  };
  return { loads, load };
};

it('loads an object once', async () => {
  const keep = keepObjects();
  const { loads, load } = loader();
  await keep('a', load('a'));
  expect(await keep('a', load('a'))).toEqual({ sha256: 'a' });
  expect(loads).toEqual(['a']);
});

it('does not keep a load that failed', async () => {
  const keep = keepObjects();
  const { loads, load } = loader();
  await expect(keep('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await keep('a', load('a'))).toEqual({ sha256: 'a' });
  expect(loads).toEqual(['a']);
});

it('lets the one that was used longest ago go', async () => {
  const keep = keepObjects();
  const { loads, load } = loader();
  for (let i = 0; i < 64; i++) await keep(`${i}`, load(`${i}`));
  await keep('0', load('0'));
  await keep('new', load('new'));
  await keep('0', load('0'));
  await keep('1', load('1'));
  expect(loads.slice(64)).toEqual(['new', '1']);
});
