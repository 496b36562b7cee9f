// Derives a data model from user stories: things that stories act on, or that act, become entities; things named as
// details of them become fields or references. The same stories give the same model; nothing is added for looks.

import { type Claim, unknownClaim } from '../../core/artifacts/claim.ts';
import type { DataModel, Entity, EntityField, Relation } from '../../core/artifacts/data-model.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { citing } from '../drafting/citing.ts';
import { stem } from '../text/terms.ts';
import { fieldOf, isTooGeneral } from './field-words.ts';
import { camel, kebab, pascal, plural } from './names.ts';
import { type Action, listedDetails, readStory, type StoryReading } from './story-reading.ts';

/** What is read of a story here. */
export type BareStory = Pick<UserStories['stories'][number], 'id' | 'want'>;

interface ReadStory {
  readonly id: string;
  readonly want: Claim;
  readonly at: number;
  readonly reading: StoryReading;
}

interface Candidate {
  readonly name: string;
  weight: number;
  readonly stories: Set<string>;
}

/** How much a mention speaks for an entity; a thing needs LEAST to become one. */
const WEIGHT = { object: 3, actor: 2, mention: 1 };
const LEAST = 3;
const MOST_ENTITIES = 12;

export function deriveDataModel({ stories }: { readonly stories: readonly BareStory[] }): DataModel {
  const read = readAll(stories);
  const names = entityNames(read);
  const entities = names.map(({ name, stories: mentioned }) =>
    entityOf(
      name,
      mentioned,
      read,
      names.map((one) => one.name),
    ),
  );
  return { entities, relations: entities.flatMap(relationsOf) };
}

/** The things that are entities, most spoken of first. */
export function thingsIn(stories: readonly BareStory[]): string[] {
  return entityNames(readAll(stories)).map(({ name }) => name);
}

function readAll(stories: readonly BareStory[]): ReadStory[] {
  return stories.map(({ id, want }, at) => ({ id, want, at, reading: readStory(want.text) }));
}

function entityNames(read: readonly ReadStory[]): Candidate[] {
  const candidates = new Map<string, Candidate>();
  const add = (name: string, weight: number, story: string) => {
    if (name === '' || isTooGeneral(name)) return;
    const candidate = candidates.get(name) ?? { name, weight: 0, stories: new Set() };
    candidate.weight += weight;
    candidate.stories.add(story);
    candidates.set(name, candidate);
  };
  for (const { id, reading } of read) {
    add(reading.actor, WEIGHT.actor, id);
    for (const { object } of reading.actions) add(object, WEIGHT.object, id);
    for (const thing of reading.things) add(thing, WEIGHT.mention, id);
  }
  const order = [...candidates.keys()];
  return [...candidates.values()]
    .filter(({ weight }) => weight >= LEAST)
    .sort((a, b) => b.weight - a.weight || order.indexOf(a.name) - order.indexOf(b.name))
    .slice(0, MOST_ENTITIES);
}

function entityOf(
  name: string,
  mentioned: ReadonlySet<string>,
  read: readonly ReadStory[],
  names: readonly string[],
): Entity {
  const about = read.filter(({ id }) => mentioned.has(id));
  const telling = about.find(({ reading }) => reading.actions.some(({ object }) => object === name)) ?? about[0];
  return {
    name: pascal(name),
    plural: kebab(plural(name)),
    description:
      telling === undefined ? unknownClaim() : citing('UserStories', `/stories/${telling.at}/want`, telling.want),
    fields: fieldsOf(name, about, names),
    stories: about.map(({ id }) => id),
  };
}

/** What is made lasts from one day to another. */
const PERIOD = /\b(?:for (?:up to |at most )?\d+ days?|overlap\w*|until the day before)\b/i;

function fieldsOf(name: string, about: readonly ReadStory[], names: readonly string[]): EntityField[] {
  const fields = new Map<string, EntityField>([
    ['id', { name: 'id', type: 'id', required: true, references: '' }],
    ['name', { name: 'name', type: 'string', required: true, references: '' }],
  ]);
  const put = (field: EntityField) => {
    if (!fields.has(field.name)) fields.set(field.name, field);
  };
  for (const { reading, want } of about) {
    const isMade = makesOne(reading, name, names);
    if (!isMade && mainObject(reading) !== name) continue;
    for (const detail of reading.details) {
      if (detail !== name && mainObject(reading) === name)
        put(names.includes(detail) ? reference(detail) : fieldOf(detail));
    }
    if (isMade && mainObject(reading) === name)
      for (const detail of plainDetails(want.text)) put(names.includes(detail) ? reference(detail) : fieldOf(detail));
    for (const thing of reading.things) if (isMade && thing !== name && names.includes(thing)) put(reference(thing));
  }
  if (about.some(({ reading, want }) => PERIOD.test(want.text) && lasts(reading, name, names))) {
    put({ name: 'startDate', type: 'date', required: false, references: '' });
    put({ name: 'endDate', type: 'date', required: false, references: '' });
  }
  if (about.some(({ reading }) => reading.actions.some(({ kind, object }) => kind === 'update' && object === name))) {
    put({ name: 'status', type: 'string', required: false, references: '' });
  }
  put({ name: 'createdAt', type: 'datetime', required: true, references: '' });
  return [...fields.values()];
}

/** Listed details that are names of one or two words, not clauses such as `what was seen`. */
function plainDetails(text: string): string[] {
  const isName = (detail: string) =>
    /^[a-z]+(?:[ -][a-z]+)?$/.test(detail) && !/^(?:what|which|who|how|where|when)\b/.test(detail);
  return listedDetails(text).filter(isName);
}

function mainObject(reading: StoryReading): string {
  return reading.actions[0]?.object ?? reading.actor;
}

/** It is what the story makes, or, where the story makes nothing, what it is about. */
function lasts(reading: StoryReading, name: string, names: readonly string[]): boolean {
  const makes = reading.actions.some(({ kind }) => kind === 'create');
  return makes ? makesOne(reading, name, names) : mainObject(reading) === name;
}

function makesOne(reading: StoryReading, name: string, names: readonly string[]): boolean {
  return reading.actions.some(
    ({ verb, kind, object }) => kind === 'create' && madeBy(verb, kind, object, names) === name,
  );
}

/** Verbs of record keeping: `record a loan` makes a loan, not a record. */
const KEEPING = new Set(['record', 'log', 'report', 'note', 'list', 'enter']);

/** What an action is on: its object, or, when it makes something, the thing the verb names (`reserve` a reservation). */
export function madeBy(verb: string, kind: Action['kind'], object: string, names: readonly string[]): string {
  if (kind !== 'create' || KEEPING.has(verb)) return object;
  return names.find((name) => stem(name) === stem(verb)) ?? object;
}

function reference(name: string): EntityField {
  return { name: `${camel(name)}Id`, type: 'reference', required: false, references: pascal(name) };
}

function relationsOf(entity: Entity): Relation[] {
  return entity.fields
    .filter(({ type }) => type === 'reference')
    .map(({ name, references }) => ({ from: entity.name, to: references, kind: 'many-to-one', field: name }));
}

/** The entity that a word means: itself, or by its stem the one that a verb names (`reserve` means a reservation). */
export function entityFor(word: string, model: DataModel): Entity | undefined {
  const exact = model.entities.find(({ name }) => name === pascal(word));
  return exact ?? model.entities.find(({ name }) => stem(name) === stem(word));
}
