// What changed from one dossier to another: requirements, API, data, code, tests, cost, gates. And what kind of release such a
// change makes (spec §8): breaking when something that worked before no longer does.

import { isRecord } from '../gates/evidence/look.ts';
import type { Json } from '../json.ts';
import type { Dossier } from './model.ts';
import type { ReleaseChange } from './semver.ts';
import { wholeOf } from './whole.ts';

export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** What it is about, such as `POST /loans` or `Loan.dueDate`. */
  readonly what: string;
  readonly from?: string;
  readonly to?: string;
  /** Whether a user of the earlier release would notice by failing. */
  readonly breaking?: boolean;
}

export interface Comparison {
  readonly requirements: readonly Difference[];
  readonly stories: readonly Difference[];
  readonly api: readonly Difference[];
  readonly data: readonly Difference[];
  readonly code: readonly Difference[];
  readonly tests: readonly Difference[];
  readonly gates: readonly Difference[];
  readonly cost: readonly Difference[];
}

export function compare(before: Dossier, after: Dossier): Comparison {
  const content = (dossier: Dossier, type: string): Json =>
    wholeOf(dossier).artifacts.find((artifact) => artifact.type === type)?.content ?? null;
  const both = (type: string): [Json, Json] => [content(before, type), content(after, type)];
  const texts = (type: string, list: string, text: string): Difference[] => {
    const [old, now] = both(type);
    return differences(itemTexts(old, list, text), itemTexts(now, list, text));
  };
  return {
    requirements: texts('IdeaSpec', 'requirements', 'statement'),
    stories: texts('UserStories', 'stories', 'title'),
    api: operationDifferences(...both('OpenAPI')),
    data: fieldDifferences(...both('DataModel')),
    code: differences(filesOf(content(before, 'RepoManifest')), filesOf(content(after, 'RepoManifest'))),
    tests: differences(
      itemTexts(content(before, 'TestSuite'), 'cases', 'statement'),
      itemTexts(content(after, 'TestSuite'), 'cases', 'statement'),
    ),
    gates: differences(gatesOf(before), gatesOf(after)),
    cost: differences(costsOf(before), costsOf(after)),
  };
}

export function releaseChange({ api, data, stories }: Comparison): ReleaseChange {
  if ([...api, ...data].some(({ breaking }) => breaking === true)) return 'breaking';
  return stories.some(({ kind }) => kind === 'added') ? 'story' : 'other';
}

/** By name, in the order of the names. */
function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((what): Difference[] => {
    const [from, to] = [before.get(what), after.get(what)];
    if (from === to) return [];
    if (from === undefined) return [{ kind: 'added', what, to }];
    return to === undefined ? [{ kind: 'removed', what, from }] : [{ kind: 'changed', what, from, to }];
  });
}

const list = (value: Json | undefined): { [key: string]: Json }[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
const members = (value: Json | undefined): [string, Json][] => (isRecord(value) ? Object.entries(value) : []);
const said = (value: Json | undefined): string =>
  isRecord(value) ? said(value.text) : typeof value === 'string' ? value : '';

function itemTexts(content: Json, name: string, text: string): Map<string, string> {
  const items = isRecord(content) ? list(content[name]) : [];
  return new Map(items.map((item) => [said(item.id), said(item[text])]));
}

/** Every operation with what a caller must give and gets: less to get or more to give breaks callers. */
function operationDifferences(before: Json, after: Json): Difference[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  return differences(
    new Map([...old].map(([name, { shape }]) => [name, shape])),
    new Map([...now].map(([name, { shape }]) => [name, shape])),
  ).map((difference) => ({ ...difference, breaking: breaks(old.get(difference.what), now.get(difference.what)) }));
}

interface Operation {
  readonly shape: string;
  /** What a request must hold. */
  readonly needs: ReadonlySet<string>;
  /** What an answer holds. */
  readonly gives: ReadonlySet<string>;
}

function breaks(before: Operation | undefined, after: Operation | undefined): boolean {
  if (before === undefined) return false;
  if (after === undefined) return true;
  return (
    [...after.needs].some((need) => !before.needs.has(need)) ||
    [...before.gives].some((given) => !after.gives.has(given))
  );
}

function operationsOf(document: Json): Map<string, Operation> {
  if (!isRecord(document)) return new Map();
  const schemas = isRecord(document.components) ? document.components.schemas : undefined;
  const operations = members(document.paths).flatMap(([path, item]) =>
    members(item)
      .filter((entry) => isRecord(entry[1]))
      .map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operationOf(operation as { [key: string]: Json }, schemas),
      ]),
  );
  return new Map(operations);
}

function operationOf(operation: { [key: string]: Json }, schemas: Json | undefined): Operation {
  const parameters = list(operation.parameters)
    .filter(({ required }) => required === true)
    .map(({ in: place, name }) => `${place} ${name}`);
  const sent = contentSchema(operation.requestBody, schemas);
  const required =
    isRecord(sent) && Array.isArray(sent.required) ? sent.required.map((name) => `body ${String(name)}`) : [];
  const gives = members(operation.responses).flatMap(([status, response]) => [
    status,
    ...members(propertiesOf(contentSchema(response, schemas))).map(
      ([name, schema]) => `${status} ${name}: ${typeOf(schema)}`,
    ),
  ]);
  const needs = [...parameters, ...required].sort();
  return {
    shape: `needs ${needs.join(', ') || 'nothing'}; gives ${gives.sort().join(', ')}`,
    needs: new Set(needs),
    gives: new Set(gives),
  };
}

function contentSchema(holder: Json | undefined, schemas: Json | undefined): Json {
  const media = isRecord(holder) ? members(holder.content)[0]?.[1] : undefined;
  return resolved(isRecord(media) ? (media.schema ?? null) : null, schemas);
}

function resolved(schema: Json, schemas: Json | undefined): Json {
  if (!isRecord(schema) || typeof schema.$ref !== 'string' || !isRecord(schemas)) return schema;
  return schemas[schema.$ref.split('/').at(-1) as string] ?? null;
}

const propertiesOf = (schema: Json): Json | undefined => (isRecord(schema) ? schema.properties : undefined);
const typeOf = (schema: Json): string => (isRecord(schema) ? String(schema.type ?? schema.$ref ?? 'any') : 'any');

/** A field that went or changed its type breaks stored data, and so does a new one that every record must have. */
function fieldDifferences(before: Json, after: Json): Difference[] {
  return differences(fieldsOf(before), fieldsOf(after)).map((difference) => {
    const newEntity = difference.kind === 'added' && !entitiesOf(before).has(difference.what.split('.')[0] as string);
    const must = difference.kind !== 'removed' && difference.to?.endsWith(', required') === true;
    const breaking =
      difference.kind === 'added'
        ? must && !newEntity
        : difference.kind === 'removed' || typeChanged(difference) || must;
    return { ...difference, breaking };
  });
}

const typeChanged = ({ from = '', to = '' }: Difference): boolean => from.split(',')[0] !== to.split(',')[0];

const entitiesOf = (model: Json): Set<string> =>
  new Set(isRecord(model) ? list(model.entities).map(({ name }) => String(name)) : []);

function fieldsOf(model: Json): Map<string, string> {
  const entities = isRecord(model) ? list(model.entities) : [];
  return new Map(
    entities.flatMap((entity) =>
      list(entity.fields).map(({ name, type, required }): [string, string] => [
        `${String(entity.name)}.${String(name)}`,
        `${String(type)}${required === true ? ', required' : ''}`,
      ]),
    ),
  );
}

function filesOf(manifest: Json): Map<string, string> {
  const files = isRecord(manifest) ? list(manifest.files) : [];
  return new Map(files.map(({ path, sha256 }) => [String(path), String(sha256).slice(0, 12)]));
}

const gatesOf = (dossier: Dossier): Map<string, string> =>
  new Map(
    wholeOf(dossier).phases.map(({ id, verdict, score }) => [id, score === null ? verdict : `${verdict} ${score}`]),
  );

function costsOf({ measured }: Dossier): Map<string, string> {
  const { total, byPhase } = measured.costs;
  const row = ({ usdMicros, tokens }: typeof total): string => `${usdMicros} micro-USD, ${tokens} tokens`;
  return new Map([...byPhase.map((phase): [string, string] => [phase.phase, row(phase)]), ['whole run', row(total)]]);
}
