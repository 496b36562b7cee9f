// What the generator builds, made sound from a data model and an API document that may be odd: a name used twice, a
// reference to nothing, required references in a circle, an operation of a shape it does not know. What it cannot build
// it lists as a gap; it never leaves one out silently.

import type { DataModel, EntityField } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { type ListedOperation, operationsIn } from './openapi-operations.ts';

export interface SoundEntity {
  readonly name: string;
  /** Table, and the id prefix of its part of the page. */
  readonly table: string;
  /** The id first, createdAt last; names differ by more than case. */
  readonly fields: readonly EntityField[];
}

export interface Blueprint {
  readonly title: string;
  readonly description: string;
  readonly entities: readonly SoundEntity[];
  readonly operations: readonly ListedOperation[];
  /** What of the model or the API is not built, one sentence each. */
  readonly gaps: readonly string[];
}

const SET_BY_SERVICE: ReadonlySet<string> = new Set(['id', 'createdAt']);

export function blueprint(model: DataModel, api: OpenAPI): Blueprint {
  const gaps: string[] = [];
  const entities = brokenCircles(namedOnce(model, gaps), gaps);
  const operations = operationsIn(api, entities);
  for (const { operationId, kind } of operations) {
    if (kind === 'unsupported') gaps.push(`operation ${operationId}: neither a collection nor one record of an entity`);
  }
  return { title: api.info.title, description: api.info.description, entities, operations, gaps };
}

/** The fields a caller may send. */
export function givenFields({ fields }: SoundEntity): EntityField[] {
  return fields.filter(({ name }) => !SET_BY_SERVICE.has(name));
}

function namedOnce({ entities }: DataModel, gaps: string[]): SoundEntity[] {
  const names = new Set<string>();
  const tables = new Set<string>();
  const kept = entities.filter(({ name }) => {
    const isNew = !names.has(name.toLowerCase());
    if (!isNew) gaps.push(`entity ${name}: another one has its name`);
    names.add(name.toLowerCase());
    return isNew;
  });
  return kept.map(({ name, plural, fields }) => {
    let table = plural;
    for (let number = 2; tables.has(table); number += 1) table = `${plural}-${number}`;
    tables.add(table);
    return {
      name,
      table,
      fields: soundFields(
        name,
        fields,
        kept.map((one) => one.name),
        gaps,
      ),
    };
  });
}

function soundFields(
  entity: string,
  fields: readonly EntityField[],
  entities: readonly string[],
  gaps: string[],
): EntityField[] {
  const own = new Set(['id', 'createdat']);
  const given = fields.flatMap((field): EntityField[] => {
    const key = field.name.toLowerCase();
    if (SET_BY_SERVICE.has(field.name)) return [];
    if (own.has(key)) {
      gaps.push(`field ${entity}.${field.name}: another one has its name`);
      return [];
    }
    own.add(key);
    if (field.type === 'id') return [{ ...field, type: 'string', references: '' }];
    if (field.type !== 'reference') return [{ ...field, references: '' }];
    if (entities.includes(field.references)) return [field];
    gaps.push(`field ${entity}.${field.name}: it refers to ${field.references || 'nothing'}, so it is plain text`);
    return [{ ...field, type: 'string', references: '' }];
  });
  return [
    { name: 'id', type: 'id', required: true, references: '' },
    ...given,
    { name: 'createdAt', type: 'datetime', required: true, references: '' },
  ];
}

/** Required references in a circle would let nobody make the first record: those that close it become optional. */
function brokenCircles(entities: readonly SoundEntity[], gaps: string[]): SoundEntity[] {
  const free = new Set<string>();
  const sound = new Map(entities.map((entity) => [entity.name, entity]));
  const isFree = ({ fields }: SoundEntity) =>
    fields.every(({ type, required, references }) => type !== 'reference' || !required || free.has(references));
  for (;;) {
    const bound = [...sound.values()].filter(({ name }) => !free.has(name));
    const [first] = bound;
    if (first === undefined) return entities.map(({ name }) => sound.get(name) as SoundEntity);
    const next = bound.find(isFree);
    if (next !== undefined) {
      free.add(next.name);
      continue;
    }
    const fields = first.fields.map((field) => {
      if (field.type !== 'reference' || !field.required || free.has(field.references)) return field;
      gaps.push(`field ${first.name}.${field.name}: required references form a circle, so it is optional`);
      return { ...field, required: false };
    });
    sound.set(first.name, { ...first, fields });
  }
}
