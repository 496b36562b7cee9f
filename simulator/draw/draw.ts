// Draws of one seed, by name.

import { drawOf } from '../agents/draws.ts';

/** From 0 (inclusive) to 1 (exclusive). */
export type Draw = (...what: readonly (string | number)[]) => number;

export const drawsOf =
  (seed: number): Draw =>
  (...what) =>
    drawOf(seed, ...what);
