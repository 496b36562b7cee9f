import type { DataModel } from '../../core/artifacts/data-model.ts';
import { unmeasured } from '../../core/artifacts/measured.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { sha256 } from '../../core/json.ts';
import { NOT_RUN } from '../drafting/reasons.ts';
import { blueprint } from '../generator/blueprint.ts';
import { countLines } from '../generator/files.ts';
import { COMMANDS, integrationFiles, packageName } from '../generator/integration.ts';
import { projectFiles } from '../generator/project.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Puts the parts together: manifest, server, and the list of everything in the repository. */
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
    await ctx.progress(0.4);
    const listed = await ctx.step('list the repository', () => {
      const all = projectFiles(model, api);
      return { files: all.map(({ path, text }) => ({ path, sha256: sha256(text) })), lines: countLines(all) };
    });
    await ctx.progress(0.8);
    const RepoManifest = {
      url: unmeasured(NOT_RUN.repository),
      commit: unmeasured(NOT_RUN.repository),
      name: packageName(plan.title),
      ...listed,
      commands: COMMANDS.map((command) => ({ ...command })),
      endpoints: plan.operations.map(({ method, path, operationId, summary }) => ({
        method: method.toUpperCase(),
        path: `/api${path}`,
        operationId,
        summary,
      })),
    };
    const SourceCode = {
      parts: { integration: { language: 'TypeScript', files } },
      compilation: unmeasured(NOT_RUN.compiler),
      lint: unmeasured(NOT_RUN.linter),
    };
    return { artifacts: { SourceCode, RepoManifest } };
  },
});
