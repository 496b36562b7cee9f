// What changed between releases, and what that makes of the version.

import { describe, expect, it } from '@jest/globals';
import { buildDossier } from '../../../core/dossier/build.ts';
import { compare, releaseChange } from '../../../core/dossier/compare.ts';
import type { Json } from '../../../core/json.ts';
import { artifact, sourceOf } from './source-of.ts';

const stories = (...titles: string[]): Json => ({
  stories: titles.map((title, at) => ({ id: `S${at + 1}`, title: { text: title, cites: [] } })),
});
const model = (...entities: [string, [string, string, boolean][]][]): Json => ({
  entities: entities.map(([name, fields]) => ({
    name,
    fields: fields.map(([field, type, required]) => ({ name: field, type, required })),
  })),
});
const api = (operations: Record<string, { required?: string[]; gives?: Record<string, string> }>): Json => ({
  paths: Object.fromEntries(
    Object.entries(operations).map(([path, { required = [], gives = { id: 'string' } }]) => [
      path,
      {
        post: {
          parameters: [],
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/In' } } } },
          responses: {
            201: {
              content: {
                'application/json': {
                  schema: {
                    properties: Object.fromEntries(Object.entries(gives).map(([name, type]) => [name, { type }])),
                  },
                },
              },
            },
          },
        },
        required,
      },
    ]),
  ),
  components: { schemas: { In: { required: Object.values(operations)[0]?.required ?? [] } } },
});
const dossier = (contents: Record<string, Json>) =>
  buildDossier(sourceOf({ artifacts: Object.entries(contents).map(([type, content]) => artifact(type, content)) }));
const between = (before: Record<string, Json>, after: Record<string, Json>) => compare(dossier(before), dossier(after));
const change = (before: Record<string, Json>, after: Record<string, Json>) => releaseChange(between(before, after));

const LOAN: [string, [string, string, boolean][]] = [
  'Loan',
  [
    ['id', 'id', true],
    ['due', 'date', false],
  ],
];

describe('compare', () => {
  it('finds nothing between equals', () => {
    const same = { UserStories: stories('a'), DataModel: model(LOAN), OpenAPI: api({ '/loans': {} }) };
    const { cost: _cost, ...others } = between(same, same);
    expect(Object.values(others).flat()).toEqual([]);
    expect(change(same, same)).toBe('other');
  });

  it('names what was added, removed and changed, with what it was and is', () => {
    expect(between({ UserStories: stories('a', 'b') }, { UserStories: stories('a', 'c', 'd') }).stories).toEqual([
      { kind: 'changed', what: 'S2', from: 'b', to: 'c' },
      { kind: 'added', what: 'S3', to: 'd' },
    ]);
    expect(between({ UserStories: stories('a', 'b') }, { UserStories: stories('a') }).stories).toEqual([
      { kind: 'removed', what: 'S2', from: 'b' },
    ]);
  });
});

describe('the kind of release', () => {
  it.each<[string, Record<string, Json>, Record<string, Json>, string]>([
    ['a new story', { UserStories: stories('a') }, { UserStories: stories('a', 'b') }, 'story'],
    ['another wording', { UserStories: stories('a') }, { UserStories: stories('b') }, 'other'],
    [
      'an operation that is gone',
      { OpenAPI: api({ '/loans': {}, '/tools': {} }) },
      { OpenAPI: api({ '/loans': {} }) },
      'breaking',
    ],
    ['a new operation', { OpenAPI: api({ '/loans': {} }) }, { OpenAPI: api({ '/loans': {}, '/tools': {} }) }, 'other'],
    [
      'a new thing to give',
      { OpenAPI: api({ '/loans': {} }) },
      { OpenAPI: api({ '/loans': { required: ['due'] } }) },
      'breaking',
    ],
    [
      'one thing less to give',
      { OpenAPI: api({ '/loans': { required: ['due'] } }) },
      { OpenAPI: api({ '/loans': {} }) },
      'other',
    ],
    [
      'an answer with less',
      { OpenAPI: api({ '/l': { gives: { id: 'string', due: 'string' } } }) },
      { OpenAPI: api({ '/l': {} }) },
      'breaking',
    ],
    [
      'an answer of another type',
      { OpenAPI: api({ '/l': {} }) },
      { OpenAPI: api({ '/l': { gives: { id: 'integer' } } }) },
      'breaking',
    ],
    [
      'a field that is gone',
      { DataModel: model(LOAN) },
      { DataModel: model(['Loan', [['id', 'id', true]]]) },
      'breaking',
    ],
    [
      'a field of another type',
      { DataModel: model(LOAN) },
      {
        DataModel: model([
          'Loan',
          [
            ['id', 'id', true],
            ['due', 'string', false],
          ],
        ]),
      },
      'breaking',
    ],
    [
      'a new field that may be left out',
      { DataModel: model(LOAN) },
      { DataModel: model(['Loan', [...LOAN[1], ['note', 'text', false]]]) },
      'other',
    ],
    [
      'a new field that must be there',
      { DataModel: model(LOAN) },
      { DataModel: model(['Loan', [...LOAN[1], ['note', 'text', true]]]) },
      'breaking',
    ],
    ['a new entity', { DataModel: model(LOAN) }, { DataModel: model(LOAN, ['Tool', [['id', 'id', true]]]) }, 'other'],
  ])('%s', (_, before, after, expected) => {
    expect(change(before, after)).toBe(expected);
  });
});
