import type { DataModel } from '../../core/artifacts/data-model.ts';
import { databaseFiles } from '../generator/database.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the tables and the file that talks to them. */
export const database = defineAgent({
  id: 'database',
  title: 'Database',
  workerClass: 'tools',
  reads: ['DataModel'],
  makes: ['SourceCode'],
  async run(ctx) {
    const files = await ctx.step('write the tables', () => databaseFiles(ctx.input.artifact<DataModel>('DataModel')));
    return { artifacts: { SourceCode: { parts: { database: { language: 'SQL and TypeScript', files } } } } };
  },
});
