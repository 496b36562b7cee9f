import { type DataModel, dataModelSchema, type Entity, type Relation } from '../../artifacts/data-model.ts';
import type { Finding } from '../criterion.ts';
import { broken, type Guard, held } from '../guard.ts';

/** The model has its shape, names are unique, every entity has an id, and every reference points to an entity. */
export const dataModelValid: Guard = {
  id: 'data-model-valid',
  parameters: [],
  check(evidence) {
    const model = evidence.artifacts.DataModel;
    if (model === undefined) return { status: 'unmeasured', reason: 'there is no DataModel' };
    const parsed = dataModelSchema.safeParse(model);
    const faults = parsed.success
      ? faultsOf(parsed.data)
      : parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`);
    if (faults.length === 0) return held('the model is valid');
    return broken(`${faults.length} faults`, 'a valid data model', faults.map(asFinding));
  },
};

const asFinding = (fault: string): Finding => ({ kind: 'other', text: `DataModel ${fault}` });

function faultsOf({ entities, relations }: DataModel): string[] {
  if (entities.length === 0) return ['has no entities'];
  const names = entities.map(({ name }) => name);
  return [
    ...repeated(names).map((name) => `entity ${name} is there twice`),
    ...repeated(entities.map(({ plural }) => plural)).map((plural) => `plural ${plural} is there twice`),
    ...entities.flatMap((entity) => entityFaults(entity, names)),
    ...relations.flatMap((relation) => relationFaults(relation, entities)),
  ];
}

function entityFaults({ name, fields }: Entity, names: readonly string[]): string[] {
  return [
    ...repeated(fields.map((field) => field.name)).map((field) => `${name}.${field} is there twice`),
    ...(fields.filter(({ type }) => type === 'id').length === 1 ? [] : [`${name} has not exactly one id`]),
    ...fields
      .filter(({ type, references }) => type === 'reference' && !names.includes(references))
      .map((field) => `${name}.${field.name} references ${field.references || 'nothing'}, which is no entity`),
    ...fields
      .filter(({ type, references }) => type !== 'reference' && references !== '')
      .map((field) => `${name}.${field.name} is no reference but references ${field.references}`),
  ];
}

function relationFaults({ from, to, field }: Relation, entities: readonly Entity[]): string[] {
  const holder = entities.find(({ name }) => name === from);
  const reference = holder?.fields.find(({ name }) => name === field);
  const ok = reference?.type === 'reference' && reference.references === to && entities.some(({ name }) => name === to);
  return ok ? [] : [`relation ${from}.${field} -> ${to} is not a reference of the entities`];
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
