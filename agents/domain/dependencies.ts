// Which story must be there before which: one that makes a thing comes before those that use it. Never a cycle.

import { type BareStory, madeBy, thingsIn } from './entities.ts';
import { readStory } from './story-reading.ts';

/** For each story id the ids it depends on, in story order. */
export function dependenciesOf(stories: readonly BareStory[]): Map<string, string[]> {
  const makers = makersOf(stories);
  const needs = new Map<string, string[]>(stories.map(({ id }) => [id, []]));
  for (const { id, want } of stories) {
    for (const thing of readStory(want.text).things) {
      const maker = makers.get(thing);
      if (maker === undefined || maker === id || needs.get(id)?.includes(maker) === true) continue;
      if (!reaches(needs, maker, id)) needs.get(id)?.push(maker);
    }
  }
  const order = stories.map(({ id }) => id);
  for (const list of needs.values()) list.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return needs;
}

/** The first story that makes each thing. */
function makersOf(stories: readonly BareStory[]): Map<string, string> {
  const names = thingsIn(stories);
  const makers = new Map<string, string>();
  for (const { id, want } of stories) {
    for (const { verb, kind, object } of readStory(want.text).actions) {
      const made = madeBy(verb, kind, object, names);
      if (kind === 'create' && !makers.has(made)) makers.set(made, id);
    }
  }
  return makers;
}

function reaches(needs: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(needs.get(id) ?? []));
  }
  return false;
}
