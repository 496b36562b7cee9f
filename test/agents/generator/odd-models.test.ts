// Whatever the data model and the API: the project compiles, is free of lint findings and passes its own tests.
// GENERATOR_SEEDS sets how many projects are made; a few here, many every night.

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadGrammar } from '../../../agents/domain/grammar.ts';
import { projectFiles } from '../../../agents/generator/project.ts';
import { oddProject } from './odd-models.ts';
import { writeProject } from './written-project.ts';

await loadGrammar();

const RUNS = Number(process.env.GENERATOR_SEEDS ?? '3');
const SEED = Number(process.env.GENERATOR_SEED ?? '1');

describe('a project of an odd data model and API', () => {
  it(
    `compiles, lints clean and passes its tests (${RUNS} projects)`,
    () => {
      fc.assert(
        fc.property(oddProject, ({ model, api }) => {
          const project = writeProject(projectFiles(model, api));
          try {
            expect(project.typeErrors()).toBe('');
            expect(project.lintFindings()).toBe('');
            const { failed, passed, report } = project.tests();
            expect(failed > 0 ? report : '').toBe('');
            expect(passed).toBeGreaterThan(0);
          } finally {
            project.remove();
          }
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    RUNS * 60_000,
  );

  it('gives the same files for the same model, and no path twice', () => {
    fc.assert(
      fc.property(oddProject, ({ model, api }) => {
        const files = projectFiles(model, api);
        expect(projectFiles(structuredClone(model), structuredClone(api))).toEqual(files);
        expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(files.length);
      }),
    );
  });
});
