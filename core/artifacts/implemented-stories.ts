// ImplementedStories (story-loop): for each story, the operations and files that implement it.

import { z } from 'zod';
import { claim } from './claim.ts';
import { id, texts } from './fields.ts';
import { measured } from './measured.ts';
import { workspaceSchema } from './workspace.ts';

const implementedStorySchema = z.strictObject({
  story: id('S'),
  title: claim('the story in one line'),
  operations: texts('operation ids that serve it'),
  files: texts('paths of the source files that serve it'),
  commit: measured(texts('paths the commit changed'), 'the commit that completed the story'),
});

export const implementedStoriesSchema = z.strictObject({
  stories: z.array(implementedStorySchema).describe('stories taken up so far'),
  workspace: workspaceSchema.optional(),
});

export type ImplementedStories = z.infer<typeof implementedStoriesSchema>;
export type ImplementedStory = z.infer<typeof implementedStorySchema>;
