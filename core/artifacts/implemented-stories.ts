// ImplementedStories (story-loop): for each story, the operations and files that implement it.

import { z } from 'zod';
import { claim } from './claim.ts';
import { id, text, texts } from './fields.ts';
import { measured } from './measured.ts';
import { sourceFileSchema } from './source-code.ts';
import { workspaceSchema } from './workspace.ts';

const implementedStorySchema = z.strictObject({
  story: id('S'),
  title: claim('the story in one line'),
  operations: texts('operation ids that serve it'),
  files: texts('paths of the source files that serve it'),
  commit: measured(texts('paths the commit changed'), 'the commit that completed the story'),
  changes: z.array(sourceFileSchema).describe('files the story adds to the project, or changes').optional(),
  lines: z
    .array(
      z.strictObject({
        test: text('test case id, such as S3.A1'),
        open: texts('what of the line is not built, in its own words'),
      }),
    )
    .describe('its acceptance lines, and how far each is built')
    .optional(),
});

export const implementedStoriesSchema = z.strictObject({
  stories: z.array(implementedStorySchema).describe('stories taken up so far'),
  workspace: workspaceSchema.optional(),
  head: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .describe('last commit: the build and every story after it')
    .optional(),
});

export type ImplementedStories = z.infer<typeof implementedStoriesSchema>;
export type ImplementedStory = z.infer<typeof implementedStorySchema>;
