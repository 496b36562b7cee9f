// TestSuite (build): the tests of the project, each traced to a story's acceptance line, and their run.

import { z } from 'zod';
import { claim } from './claim.ts';
import { count, id, text } from './fields.ts';
import { measured } from './measured.ts';
import { sourceFileSchema } from './source-code.ts';

const testCaseSchema = z.strictObject({
  id: text('story id, a dot, and the acceptance line, such as S3.A1'),
  story: id('S'),
  statement: claim('what the test checks: the acceptance line of the story'),
  operation: z.string().describe('operation id it exercises; empty when the story has none'),
  file: z.string().describe('path of the file that holds it; empty when no test does'),
});

export const testSuiteSchema = z.strictObject({
  cases: z.array(testCaseSchema).describe('the test cases'),
  files: z.array(sourceFileSchema).describe('the test files'),
  run: measured(
    z.strictObject({ passed: count('tests passed'), failed: count('tests failed'), skipped: count('tests skipped') }),
    'what the test runner reported',
  ),
});

export type TestSuite = z.infer<typeof testSuiteSchema>;
export type TestCase = z.infer<typeof testCaseSchema>;
