// Checkpoints of an agent: at most one save in 120 s; newer data is kept for the forced save at the end.

import type { Json } from '../../core/json.ts';

/** Spec §2. */
const SAVE_EVERY_MS = 120_000;

export interface Saves {
  /** Keeps the data, and saves it unless one was saved a short while ago. */
  offer(data: Json): Promise<void>;
  /** What has not been saved yet, for a forced save. */
  unsaved(): Json | undefined;
}

/** @param save writes under the lease; @param now epoch ms. */
export function createSaves(save: (data: Json) => Promise<void>, now: () => number): Saves {
  let waiting: { data: Json } | undefined;
  let savedAt = Number.NEGATIVE_INFINITY;
  return {
    async offer(data) {
      waiting = { data };
      if (now() - savedAt < SAVE_EVERY_MS) return;
      savedAt = now();
      await save(data);
      if (waiting?.data === data) waiting = undefined;
    },
    unsaved: () => waiting?.data,
  };
}
