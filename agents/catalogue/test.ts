import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { blueprint } from '../generator/blueprint.ts';
import { projectFiles } from '../generator/project.ts';
import { testCases } from '../generator/test-cases.ts';
import { testFiles } from '../generator/tests.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the tests of the build, plans one for each acceptance line, and has the tests run. */
export const test = defineAgent({
  id: 'test',
  title: 'Tests',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI', 'UserStories'],
  makes: ['TestSuite', 'CoverageReport'],
  async run(ctx) {
    const model = ctx.input.artifact<DataModel>('DataModel');
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const files = await ctx.step('write the tests', () => testFiles(blueprint(model, api)));
    await ctx.progress(0.3);
    const cases = await ctx.step('trace the cases', () =>
      testCases(ctx.input.artifact<UserStories>('UserStories'), api),
    );
    await ctx.progress(0.4);
    const workspace = await ctx.workspace(projectFiles(model, api).map(({ path, text }) => ({ path, text })));
    const ran = await ctx.tool('unit-tests', { workspace });
    await ctx.progress(0.9);
    return {
      artifacts: {
        TestSuite: { cases, files, run: figureOf(ran, ({ passed, failed, skipped }) => ({ passed, failed, skipped })) },
        CoverageReport: {
          lines: figureOf(ran, ({ coverage }) => coverage.lines),
          branches: figureOf(ran, ({ coverage }) => coverage.branches),
          functions: figureOf(ran, ({ coverage }) => coverage.functions),
        },
      },
    };
  },
});
