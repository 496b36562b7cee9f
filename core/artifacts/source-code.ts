// SourceCode (build): the files of the project, by part, and what compiler and linter said of them.

import { z } from 'zod';
import { count, text, texts } from './fields.ts';
import { measured } from './measured.ts';

export const sourceFileSchema = z.strictObject({
  path: text('path in the repository'),
  text: z.string().describe('its content'),
  serves: texts('what it was made from: ids of stories, names of entities or operation ids'),
});

const sourcePartSchema = z.strictObject({
  language: text('its language'),
  files: z.array(sourceFileSchema).describe('its files'),
});

export const sourceCodeSchema = z.strictObject({
  parts: z
    .strictObject({
      frontend: sourcePartSchema.describe('what runs in the browser'),
      backend: sourcePartSchema.describe('what serves the API'),
      database: sourcePartSchema.describe('what defines the tables'),
      integration: sourcePartSchema.describe('what puts the parts together: manifest, entry point, settings'),
    })
    .describe('files by part; no path occurs twice'),
  lines: count('lines of all files, blank ones included').optional(),
  compilation: measured(
    z.strictObject({ exitCode: z.int(), errors: count('errors reported') }),
    'what the type checker said',
  ),
  lint: measured(
    z.strictObject({ errors: count('errors reported'), warnings: count('warnings reported') }),
    'what the linter said',
  ),
});

export type SourceCode = z.infer<typeof sourceCodeSchema>;
export type SourceFile = z.infer<typeof sourceFileSchema>;
