import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { blueprint } from '../generator/blueprint.ts';
import { COMMANDS, integrationFiles, packageName } from '../generator/integration.ts';
import { GIT_TOOL, REPOSITORY_FOLDER } from '../generator/repository.ts';
import { writtenPart } from '../generator/written-part.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Puts the parts together: manifest, settings, server, and how the project is used. */
export const integration = defineAgent({
  id: 'integration',
  title: 'Integration',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI'],
  makes: ['SourceCode', 'RepoManifest'],
  async run(ctx) {
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const plan = blueprint(ctx.input.artifact<DataModel>('DataModel'), api);
    const files = await writtenPart(ctx, 'integration', () => integrationFiles(plan, api));
    const RepoManifest = {
      url: { status: 'measured', value: REPOSITORY_FOLDER, by: GIT_TOOL },
      name: packageName(plan.title),
      commands: COMMANDS.map((command) => ({ ...command })),
      endpoints: plan.operations.map(({ method, path, operationId, summary }) => ({
        method: method.toUpperCase(),
        path: `/api${path}`,
        operationId,
        summary,
      })),
    };
    return { artifacts: { SourceCode: { parts: { integration: { language: 'TypeScript', files } } }, RepoManifest } };
  },
});
