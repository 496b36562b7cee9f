import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { blueprint } from '../generator/blueprint.ts';
import { frontendFiles } from '../generator/frontend.ts';
import { writtenPart } from '../generator/written-part.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes what runs in the browser. */
export const frontend = defineAgent({
  id: 'frontend',
  title: 'Frontend',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI'],
  makes: ['SourceCode'],
  async run(ctx) {
    const model = ctx.input.artifact<DataModel>('DataModel');
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const files = await writtenPart(ctx, 'frontend', () => frontendFiles(blueprint(model, api)));
    return { artifacts: { SourceCode: { parts: { frontend: { language: 'HTML, CSS and JavaScript', files } } } } };
  },
});
