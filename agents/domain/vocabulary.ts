// The words users have for the things of the product: those that at least two stories name.

import type { ImplementedStory } from '../../core/artifacts/implemented-stories.ts';
import type { StyleGuide } from '../../core/artifacts/style-guide.ts';
import { isTooGeneral } from './field-words.ts';
import { readStory } from './story-reading.ts';

export function vocabularyOf(stories: readonly ImplementedStory[]): StyleGuide['vocabulary'] {
  const users = new Map<string, string[]>();
  for (const { story, title } of stories) {
    for (const thing of readStory(title.text).things) {
      if (!isTooGeneral(thing)) users.set(thing, [...(users.get(thing) ?? []), story]);
    }
  }
  return [...users]
    .filter(([, named]) => named.length >= 2)
    .map(([term, named]) => ({ term, stories: named }))
    .sort((a, b) => b.stories.length - a.stories.length || (a.term < b.term ? -1 : 1));
}
