import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import type { SourceCode } from '../../core/artifacts/source-code.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { sha256 } from '../../core/json.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { blueprint } from '../generator/blueprint.ts';
import { countLines } from '../generator/files.ts';
import { memoryFiles } from '../generator/memory-files.ts';
import { inPathOrder, sourceFiles } from '../generator/project.ts';
import { buildCommit, GIT_TOOL, writeRepository } from '../generator/repository.ts';
import { testCases } from '../generator/test-cases.ts';
import { testFiles } from '../generator/tests.ts';
import { writtenPart } from '../generator/written-part.ts';
import { defineAgent } from '../sdk/agent.ts';

/**
 * Writes the tests of the build and plans one for each acceptance line. It works when all parts are written, so it also
 * has the whole project compiled, linted and tested, and commits it.
 */
export const test = defineAgent({
  id: 'test',
  title: 'Tests',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI', 'UserStories', 'SourceCode'],
  makes: ['TestSuite', 'CoverageReport', 'SourceCode', 'RepoManifest'],
  async run(ctx) {
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const plan = blueprint(ctx.input.artifact<DataModel>('DataModel'), api);
    const files = await writtenPart(ctx, 'test', () => testFiles(plan));
    await ctx.progress(0.2);
    const cases = await ctx.step('trace the cases', () =>
      testCases(ctx.input.artifact<UserStories>('UserStories'), api),
    );
    const whole = inPathOrder([...sourceFiles(ctx.input.artifact<SourceCode>('SourceCode')), ...files]);
    const [commit] = await ctx.step('commit', () => writeRepository(memoryFiles(), '/', [buildCommit(whole)]));
    const workspace = await ctx.workspace(whole.map(({ path, text }) => ({ path, text })));
    await ctx.progress(0.4);
    const compiled = await ctx.tool('typecheck', { workspace });
    await ctx.progress(0.6);
    const linted = await ctx.tool('lint', { workspace });
    await ctx.progress(0.7);
    const ran = await ctx.tool('unit-tests', { workspace });
    await ctx.progress(0.9);
    return {
      artifacts: {
        SourceCode: {
          compilation: figureOf(compiled, ({ exitCode, errors }) => ({ exitCode, errors })),
          lint: figureOf(linted, ({ errors, warnings }) => ({ errors, warnings })),
        },
        TestSuite: { cases, files, run: figureOf(ran, ({ passed, failed, skipped }) => ({ passed, failed, skipped })) },
        CoverageReport: {
          lines: figureOf(ran, ({ coverage }) => coverage.lines),
          branches: figureOf(ran, ({ coverage }) => coverage.branches),
          functions: figureOf(ran, ({ coverage }) => coverage.functions),
        },
        RepoManifest: {
          commit: { status: 'measured', value: commit, by: GIT_TOOL },
          workspace,
          files: whole.map(({ path, text }) => ({ path, sha256: sha256(text) })),
          lines: countLines(whole),
        },
      },
    };
  },
});
