// StoryProgress (story-loop): how far each story is. The next round reads it to know what is left.

import { z } from 'zod';
import { id, text } from './fields.ts';

const storyStateSchema = z.strictObject({
  story: id('S'),
  round: z.int().min(1).describe('round in which it was handled'),
  state: z
    .enum(['accepted', 'rejected', 'unverified'])
    .describe(
      'accepted: all its tests passed; rejected: one failed; unverified: implemented, but not all tests were run',
    ),
  reason: text('what the state rests on'),
});

export const storyProgressSchema = z.strictObject({
  stories: z.array(storyStateSchema).describe('stories handled so far'),
});

export type StoryProgress = z.infer<typeof storyProgressSchema>;
export type StoryState = z.infer<typeof storyStateSchema>;
