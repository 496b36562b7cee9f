// The short version of `npm run chaos`: a real process on a file, killed at random moments, comes to the undisturbed outcome.

import { expect, it } from '@jest/globals';
import { killMany } from './kill-many.ts';

it('loses nothing and repeats nothing though killed fifteen times', async () => {
  let [kills, atWork] = [0, 0];
  for await (const world of killMany(15, 7)) {
    expect(world.problems).toEqual([]);
    kills += world.kills;
    atWork += world.atWork;
  }
  expect(kills).toBe(15);
  expect(atWork).toBeGreaterThan(5);
}, 180_000);
