import type { DataModel } from '../../core/artifacts/data-model.ts';
import type { OpenAPI } from '../../core/artifacts/openapi.ts';
import { blueprint } from '../generator/blueprint.ts';
import { databaseFiles } from '../generator/database.ts';
import { writtenPart } from '../generator/written-part.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the tables and the file that talks to them. */
export const database = defineAgent({
  id: 'database',
  title: 'Database',
  workerClass: 'tools',
  reads: ['DataModel', 'OpenAPI'],
  makes: ['SourceCode'],
  async run(ctx) {
    const model = ctx.input.artifact<DataModel>('DataModel');
    const api = ctx.input.artifact<OpenAPI>('OpenAPI');
    const files = await writtenPart(ctx, 'database', () => databaseFiles(blueprint(model, api)));
    return { artifacts: { SourceCode: { parts: { database: { language: 'SQL and TypeScript', files } } } } };
  },
});
