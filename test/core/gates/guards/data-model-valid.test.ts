import { describe, expect, it } from '@jest/globals';
import { dataModelValid } from '../../../../core/gates/guards/data-model-valid.ts';
import { evidenceOf, say } from '../evidence-of.ts';

const field = (name: string, type: string, references = '') => ({ name, type, required: true, references });
const id = field('id', 'id');
const entity = (name: string, plural: string, ...fields: object[]) => ({
  name,
  plural,
  description: say('d'),
  fields: [id, ...fields],
  stories: ['S1'],
});
const member = entity('Member', 'members');
const loan = entity('Loan', 'loans', field('member', 'reference', 'Member'));
const relation = { from: 'Loan', to: 'Member', kind: 'many-to-one', field: 'member' };
const faults = (model: unknown): string[] => {
  const outcome = dataModelValid.check(evidenceOf({ DataModel: model }), {});
  return outcome.status === 'broken' ? outcome.findings.map(({ text }) => text) : [outcome.status];
};

it('holds for a sound model', () => {
  expect(faults({ entities: [member, loan], relations: [relation] })).toEqual(['held']);
});

describe('breaks for a model', () => {
  it.each<[string, unknown, string]>([
    ['of another shape', { entities: [{ name: 'x' }], relations: [] }, 'DataModel /entities/0'],
    ['without entities', { entities: [], relations: [] }, 'has no entities'],
    [
      'with an entity twice',
      { entities: [member, { ...member, plural: 'people' }], relations: [] },
      'entity Member is there twice',
    ],
    [
      'with a plural twice',
      { entities: [member, { ...loan, plural: 'members' }], relations: [] },
      'plural members is there twice',
    ],
    [
      'with a field twice',
      { entities: [entity('A', 'as', field('b', 'text'), field('b', 'text'))], relations: [] },
      'A.b is there twice',
    ],
    [
      'without an id',
      { entities: [{ ...member, fields: [field('a', 'text')] }], relations: [] },
      'Member has not exactly one id',
    ],
    [
      'with a reference to nothing',
      { entities: [loan], relations: [] },
      'Loan.member references Member, which is no entity',
    ],
    [
      'with a text that references',
      { entities: [entity('A', 'as', field('b', 'text', 'A'))], relations: [] },
      'A.b is no reference but references A',
    ],
    [
      'with a relation that is no reference',
      { entities: [member, loan], relations: [{ ...relation, field: 'id' }] },
      'relation Loan.id -> Member is not a reference',
    ],
    [
      'with a relation to another entity',
      { entities: [member, loan], relations: [{ ...relation, to: 'Loan' }] },
      'relation Loan.member -> Loan',
    ],
  ])('%s', (_, model, fault) => {
    expect(faults(model).join('\n')).toContain(fault);
  });
});
