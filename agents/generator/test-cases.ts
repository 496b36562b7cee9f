// Traces each acceptance line of a story to the test that will check it: every story has a test file of its own.

import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { TestCase } from '../../core/artifacts/test-suite.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { citing } from '../drafting/citing.ts';
import { operationsIn } from './openapi-operations.ts';

export function testCases({ stories }: UserStories, api: OpenAPI): TestCase[] {
  const operations = operationsIn(api);
  return stories.flatMap((story, at) => {
    const serving = operations.find((operation) => operation.stories.includes(story.id));
    return story.acceptance.map((line, number) => ({
      id: `${story.id}.A${number + 1}`,
      story: story.id,
      statement: citing('UserStories', `/stories/${at}/acceptance/${number}`, line),
      operation: serving?.operationId ?? '',
      file: serving === undefined ? '' : storyTestPath(story.id),
    }));
  });
}

export function storyTestPath(story: string): string {
  return `test/stories/${story}.test.ts`;
}
