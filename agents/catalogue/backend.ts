import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { backendFiles } from '../generator/backend.ts';
import { blueprint } from '../generator/blueprint.ts';
import { writtenPart } from '../generator/written-part.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes what answers the API. */
export const backend = defineAgent({
  id: 'backend',
  title: 'Backend',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI'],
  makes: ['SourceCode'],
  async run(ctx) {
    const model = ctx.input.artifact<DataModel>('DataModel');
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const files = await writtenPart(ctx, 'backend', () => backendFiles(blueprint(model, api)));
    return { artifacts: { SourceCode: { parts: { backend: { language: 'TypeScript', files } } } } };
  },
});
