import { describe, expect, it } from '@jest/globals';
import { openapiValid } from '../../../../core/gates/guards/openapi-valid.ts';
import { evidenceOf } from '../evidence-of.ts';

const schema = { $ref: '#/components/schemas/Tool' };
const operation = (operationId: string, rest = {}) => ({
  operationId,
  summary: 's',
  tags: ['tools'],
  parameters: [] as object[],
  responses: { '200': { description: 'done', content: { 'application/json': { schema } } } },
  'x-stories': ['S1'],
  ...rest,
});
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const document = (paths: object, rest = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Shed', version: '1.0.0', description: 'd' },
  servers: [{ url: '/api' }],
  tags: [{ name: 'tools', description: 'd' }],
  paths,
  components: { schemas: { Tool: { type: 'object' } }, securitySchemes: { session: { type: 'apiKey' } } },
  security: [{ session: [] }],
  ...rest,
});
const sound = {
  '/tools': { get: operation('listTools') },
  '/tools/{id}': { get: operation('getTool', { parameters: [id] }) },
};
const faults = (api: unknown): string[] => {
  const outcome = openapiValid.check(evidenceOf({ OpenAPI: api }), {});
  return outcome.status === 'broken' ? outcome.findings.map(({ text }) => text) : [outcome.status];
};

it('holds for a sound document', () => {
  expect(faults(document(sound))).toEqual(['held']);
});

describe('breaks for a document', () => {
  it.each<[string, unknown, string]>([
    ['of another version', { ...document(sound), openapi: '2.0' }, 'OpenAPI /openapi: '],
    ['without operations', document({}), 'OpenAPI has no operations'],
    [
      'with an operation id twice',
      document({ '/a': { get: operation('x') }, '/b': { get: operation('x') } }),
      'get /b: operation id x is used twice',
    ],
    [
      'with an undeclared path parameter',
      document({ '/a/{id}': { get: operation('x') } }),
      'get /a/{id}: path parameter id is not declared',
    ],
    [
      'with a parameter that is not in the path',
      document({ '/a': { get: operation('x', { parameters: [id] }) } }),
      'get /a: parameter id is not in the path',
    ],
    [
      'with an optional path parameter',
      document({ '/a/{id}': { get: operation('x', { parameters: [{ ...id, required: false }] }) } }),
      'path parameter id must be required',
    ],
    [
      'with an operation that cannot succeed',
      document({ '/a': { get: operation('x', { responses: { '404': { description: 'no' } } }) } }),
      'get /a: has no response for success',
    ],
    [
      'with a reference to nothing',
      document(sound, { components: { schemas: {}, securitySchemes: { session: {} } } }),
      'reference #/components/schemas/Tool resolves to nothing',
    ],
    [
      'with a reference elsewhere',
      document({
        '/a': {
          get: operation('x', {
            responses: { '200': { description: 'd', content: { a: { schema: { $ref: 'http://x/y' } } } } },
          }),
        },
      }),
      'reference http://x/y resolves to nothing',
    ],
    [
      'with an unknown security scheme',
      document(sound, { security: [{ token: [] }] }),
      'requires security scheme token, which is not defined',
    ],
  ])('%s', (_, api, fault) => {
    expect(faults(api).join('\n')).toContain(fault);
  });
});
