import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { sha256 } from '../../core/json.ts';
import { figureOf } from '../drafting/figure-of.ts';
import { blueprint } from '../generator/blueprint.ts';
import { countLines } from '../generator/files.ts';
import { COMMANDS, integrationFiles, packageName } from '../generator/integration.ts';
import { memoryFiles } from '../generator/memory-files.ts';
import { projectFiles } from '../generator/project.ts';
import { buildCommit, GIT_TOOL, REPOSITORY_FOLDER, writeRepository } from '../generator/repository.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Puts the parts together: manifest, server, the repository and its first commit; has the whole checked. */
export const integration = defineAgent({
  id: 'integration',
  title: 'Integration',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI'],
  makes: ['SourceCode', 'RepoManifest'],
  async run(ctx) {
    const model = ctx.input.artifact<DataModel>('DataModel');
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const plan = blueprint(model, api);
    const files = await ctx.step('write the manifest', () => integrationFiles(plan, api));
    await ctx.progress(0.2);
    // The other parts are written side by side with this one; the same model and API give the same files.
    const whole = projectFiles(model, api);
    const listed = await ctx.step('list the repository', () => ({
      files: whole.map(({ path, text }) => ({ path, sha256: sha256(text) })),
      lines: countLines(whole),
    }));
    const [commit] = await ctx.step('commit', () => writeRepository(memoryFiles(), '/', [buildCommit(whole)]));
    await ctx.progress(0.4);
    const workspace = await ctx.workspace(whole.map(({ path, text }) => ({ path, text })));
    const compilation = figureOf(await ctx.tool('typecheck', { workspace }), ({ exitCode, errors }) => ({
      exitCode,
      errors,
    }));
    await ctx.progress(0.7);
    const lint = figureOf(await ctx.tool('lint', { workspace }), ({ errors, warnings }) => ({ errors, warnings }));
    await ctx.progress(0.9);
    const RepoManifest = {
      url: { status: 'measured', value: REPOSITORY_FOLDER, by: GIT_TOOL },
      commit: { status: 'measured', value: commit, by: GIT_TOOL },
      name: packageName(plan.title),
      workspace,
      ...listed,
      commands: COMMANDS.map((command) => ({ ...command })),
      endpoints: plan.operations.map(({ method, path, operationId, summary }) => ({
        method: method.toUpperCase(),
        path: `/api${path}`,
        operationId,
        summary,
      })),
    };
    const SourceCode = { parts: { integration: { language: 'TypeScript', files } }, compilation, lint };
    return { artifacts: { SourceCode, RepoManifest } };
  },
});
