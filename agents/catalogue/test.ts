import type { DataModel } from '../../core/artifacts/data-model.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { blueprint } from '../generator/blueprint.ts';
import { testCases } from '../generator/test-cases.ts';
import { testFiles } from '../generator/tests.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the tests and traces each acceptance line to one. */
export const test = defineAgent({
  id: 'test',
  title: 'Tests',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI', 'UserStories'],
  makes: ['TestSuite', 'CoverageReport'],
  async run(ctx) {
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const model = ctx.input.artifact<DataModel>('DataModel');
    const files = await ctx.step('write the tests', () => testFiles(blueprint(model, api)));
    await ctx.progress(0.5);
    const cases = await ctx.step('trace the cases', () =>
      testCases(ctx.input.artifact<UserStories>('UserStories'), api),
    );
    const notRun = unmeasured(NOT_RUN.tests);
    return {
      artifacts: {
        TestSuite: { cases, files, run: notRun },
        CoverageReport: { lines: notRun, branches: notRun, functions: notRun },
      },
    };
  },
});
