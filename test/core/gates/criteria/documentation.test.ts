import { expect, it } from '@jest/globals';
import { evaluate, texts } from '../evidence-of.ts';

const manifest = {
  endpoints: [{ operationId: 'listTools' }, { operationId: 'lend' }],
  commands: [{ command: 'npm start' }, { command: 'npm test' }],
};

it('is the share of endpoints and commands that are documented', () => {
  const evaluation = evaluate('documentation', {
    RepoManifest: manifest,
    Documentation: {
      endpoints: [{ operationId: 'lend' }, { operationId: 'other' }],
      commands: [{ command: 'npm test' }],
    },
  });
  expect(evaluation).toMatchObject({ score: 0.5 });
  expect(texts(evaluation)).toEqual(['endpoint listTools is not documented', 'command npm start is not documented']);
});

it('needs to know what there is', () => {
  expect(evaluate('documentation', { Documentation: {} })).toMatchObject({ status: 'unmeasured' });
  expect(evaluate('documentation', { RepoManifest: manifest })).toMatchObject({ status: 'unmeasured' });
  expect(evaluate('documentation', { RepoManifest: { endpoints: [], commands: [] }, Documentation: {} })).toMatchObject(
    { status: 'inapplicable' },
  );
});
