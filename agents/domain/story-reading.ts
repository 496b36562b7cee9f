// What a story says: who acts, what is done to what, and which things are named as details of it.

import { readWords, type Word } from './grammar.ts';
import { type VerbKind, verbKind } from './verbs.ts';

export interface Action {
  readonly verb: string;
  readonly kind: VerbKind;
  /** The thing it is done to, in the singular. */
  readonly object: string;
}

export interface StoryReading {
  /** The thing before the first verb; empty when there is none. */
  readonly actor: string;
  readonly actions: readonly Action[];
  /** Every thing named, in the singular, once each, in order. */
  readonly things: readonly string[];
  /** Things named after `with`, `by`, a colon or the like: details of the first object. */
  readonly details: readonly string[];
}

interface Thing {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What a sentence lists after `with`, `including` or a colon, articles left out: of `record a loan with the member and
 * the due date`, member and due date. Read from the text, since a tagger takes some nouns in a list for verbs.
 */
export function listedDetails(sentence: string): string[] {
  const list = /(?:\b(?:with|including|containing)\b|:)\s+([^.;:]+)/i.exec(sentence)?.[1] ?? '';
  return list
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((item) => item.trim().replace(/^(?:an?|the|its|their)\s+/i, ''))
    .filter((item) => item !== '');
}

const BE = new Set(['be', 'is', 'are', 'was', 'been']);
const CONTAINERS = new Set(['kind', 'list', 'number', 'part', 'set', 'share', 'copy', 'return', 'history', 'state']);
const OPENS_DETAILS = new Set(['with', 'by', 'including', 'containing']);
const readings = new Map<string, StoryReading>();
const READINGS_KEPT = 500;

/** Pure; the last few hundred readings are kept, since many agents read the same stories. */
export function readStory(sentence: string): StoryReading {
  const known = readings.get(sentence);
  if (known !== undefined) return known;
  const reading = read(readWords(sentence));
  if (readings.size >= READINGS_KEPT) readings.clear();
  readings.set(sentence, reading);
  return reading;
}

function read(words: readonly Word[]): StoryReading {
  const things = thingsOf(words);
  const firstVerb = words.findIndex(({ part }) => part === 'verb' || part === 'modal');
  const actions = actionsOf(words, things);
  return {
    actor: things.find(({ to }) => to <= firstVerb)?.name ?? '',
    actions,
    things: [...new Set(things.map(({ name }) => name))],
    details: detailsOf(words, things),
  };
}

/** Runs of nouns: `text message` is one thing. */
function thingsOf(words: readonly Word[]): Thing[] {
  const things: Thing[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (words[at]?.part !== 'noun') continue;
    let to = at + 1;
    while (words[to]?.part === 'noun' && words[to - 1]?.ends !== true) to += 1;
    const run = words.slice(at, to);
    things.push({
      name: [...run.slice(0, -1).map(({ text }) => text), run.at(-1)?.base ?? ''].join(' '),
      from: at,
      to,
    });
    at = to - 1;
  }
  return things;
}

function actionsOf(words: readonly Word[], things: readonly Thing[]): Action[] {
  return words.flatMap(({ part, base }, at) => {
    const kind = part === 'verb' ? verbKind(base) : null;
    const object = BE.has(words[at - 1]?.base ?? '') ? subjectOf(things, at) : objectOf(words, things, at);
    return kind === null || object === undefined ? [] : [{ verb: base, kind, object: object.name }];
  });
}

/** The thing after a verb; in `each kind of observation` that is the observation. */
function objectOf(words: readonly Word[], things: readonly Thing[], verb: number): Thing | undefined {
  const at = things.findIndex(({ from }) => from > verb && !crossesVerb(words, verb + 1, from));
  const thing = things[at];
  const isOf = thing !== undefined && words[thing.to]?.text === 'of';
  return isOf && CONTAINERS.has(thing.name) ? things[at + 1] : thing;
}

/** In `the slot must then be offered`, the slot: the thing nearest before the verb. */
function subjectOf(things: readonly Thing[], verb: number): Thing | undefined {
  return things.findLast(({ to }) => to <= verb);
}

function crossesVerb(words: readonly Word[], from: number, to: number): boolean {
  return words.slice(from, to).some(({ part }) => part === 'verb' || part === 'modal');
}

function detailsOf(words: readonly Word[], things: readonly Thing[]): string[] {
  const details: string[] = [];
  words.forEach((word, at) => {
    const opens =
      OPENS_DETAILS.has(word.text) || (word.ends && words[at + 1]?.part === 'noun' && at > 1 && word.part === 'noun');
    if (!opens) return;
    for (const thing of things) {
      if (thing.from <= at) continue;
      if (crossesVerb(words, at + 1, thing.from)) break;
      details.push(thing.name);
    }
  });
  return [...new Set(details)];
}
