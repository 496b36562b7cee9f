import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dependenciesOf } from '../../../agents/domain/dependencies.ts';
import { deriveDataModel } from '../../../agents/domain/entities.ts';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { writeOpenApi } from '../../../agents/domain/openapi.ts';
import { planOperations } from '../../../agents/domain/operations.ts';
import { readStory } from '../../../agents/domain/story-reading.ts';
import { dataModelSchema } from '../../../core/artifacts/data-model.ts';
import { openApiSchema } from '../../../core/artifacts/openapi.ts';

await loadGrammar();

const TELLING = [
  'A member can reserve a tool, and cancel the reservation.',
  'The coordinator can add a tool with a photo, a category and a deposit.',
  'The coordinator can change a tool.',
  'A member can see the loans.',
  'A volunteer can record a loan with the member and the due date.',
];
const storiesOf = (texts: readonly string[]) =>
  texts.map((text, at) => ({ id: `S${at + 1}`, want: { text, cites: [] } }));
const stories = storiesOf(TELLING);
const model = deriveDataModel({ stories });
const entity = (name: string) => model.entities.find((one) => one.name === name);

describe('reading a story', () => {
  it('finds who acts, on what, and the details', () => {
    expect(readStory(TELLING[1] as string)).toEqual({
      actor: 'coordinator',
      actions: [{ verb: 'add', kind: 'create', object: 'tool' }],
      things: ['coordinator', 'tool', 'photo', 'category', 'deposit'],
      details: ['photo', 'category', 'deposit'],
    });
  });

  it('takes the subject of a passive for the object, and the thing a list is of for the list', () => {
    expect(readStory('The slot must be offered to the next patient.').actions[0]?.object).toBe('slot');
    expect(readStory('The grower can see a list of observations.').actions[0]?.object).toBe('observation');
  });
});

describe('the data model', () => {
  it('has the things stories act on, with details as fields and other things as references', () => {
    expect(model.entities.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Tool', 'Member', 'Reservation', 'Loan']),
    );
    expect(entity('Tool')?.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['photo', 'category', 'deposit', 'status']),
    );
    expect(entity('Tool')?.fields.find(({ name }) => name === 'deposit')?.type).toBe('number');
    expect(entity('Loan')?.fields.find(({ name }) => name === 'memberId')?.references).toBe('Member');
    expect(entity('Reservation')?.fields.map(({ name }) => name)).toContain('toolId');
  });

  it('points only to entities it has', () => {
    const names = model.entities.map(({ name }) => name);
    for (const { from, to, field } of model.relations) {
      expect(names).toContain(to);
      expect(entity(from)?.fields.find(({ name }) => name === field)?.references).toBe(to);
    }
  });

  it('changes with the stories, and has no entity of a story that is gone', () => {
    const fewer = deriveDataModel({ stories: stories.filter(({ id }) => id !== 'S4' && id !== 'S5') });
    expect(fewer.entities.map(({ name }) => name)).not.toContain('Loan');
  });

  it('has no entity for words that say too little', () => {
    const vague = deriveDataModel({
      stories: storiesOf(['The system can send a page to the user.', 'A system can show a page.']),
    });
    expect(vague.entities).toEqual([]);
  });

  it('cites the story that says most about an entity', () => {
    expect(entity('Loan')?.description.cites[0]?.pointer).toBe('/stories/3/want/text');
  });
});

describe('the operations', () => {
  const operations = planOperations(model, { stories });
  const served = (story: string) =>
    operations.filter((one) => one.stories.includes(story)).map(({ operationId }) => operationId);

  it('serve the stories that ask for them', () => {
    expect(served('S1')).toEqual(['createReservation', 'deleteReservation']);
    expect(served('S2')).toEqual(['createTool']);
    expect(served('S3')).toEqual(['updateTool']);
    expect(served('S4')).toEqual(['listLoans']);
    expect(served('S5')).toEqual(['createLoan']);
  });

  it('change and remove only what a story changes or removes', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids).not.toContain('deleteTool');
    expect(ids).not.toContain('updateMember');
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the dependencies of stories', () => {
  it('put what makes a thing before what uses it', () => {
    const needs = dependenciesOf(stories);
    expect(needs.get('S3')).toEqual(['S2']);
    expect(needs.get('S4')).toEqual(['S5']);
  });

  it('never form a cycle, never name a stranger', () => {
    const thing = fc.constantFrom('tool', 'member', 'loan', 'slot', 'grower', 'reservation');
    const verb = fc.constantFrom('add', 'reserve', 'see', 'cancel', 'change', 'record', 'send');
    const text = fc
      .tuple(thing, verb, thing, verb, thing)
      .map(([actor, one, a, two, b]) => `A ${actor} can ${one} a ${a} and ${two} the ${b}.`);
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
        const needs = dependenciesOf(storiesOf(texts));
        const done = new Set<string>();
        for (let round = 0; round <= texts.length; round += 1) {
          for (const [id, needed] of needs) if (needed.every((one) => done.has(one))) done.add(id);
        }
        expect(done.size).toBe(texts.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the OpenAPI document', () => {
  const api = writeOpenApi('Tools', 'A library.', model, { stories });

  it('fits its schema, as the data model does', () => {
    expect(openApiSchema.safeParse(api).error).toBeUndefined();
    expect(dataModelSchema.safeParse(model).error).toBeUndefined();
  });

  it('refers only to schemas it has', () => {
    const text = JSON.stringify(api);
    const refs = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(refs.length).toBeGreaterThan(0);
    for (const name of refs) expect(Object.keys(api.components.schemas)).toContain(name);
  });

  it('declares each parameter of a path, and takes no id or time from a caller', () => {
    for (const [path, item] of Object.entries(api.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(item)) {
        expect(operation?.parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
      }
    }
    const input = api.components.schemas.ToolInput as { properties: object };
    expect(Object.keys(input.properties)).not.toContain('id');
    expect(Object.keys(input.properties)).not.toContain('createdAt');
  });
});
