import type { DataModel } from '../../core/artifacts/data-model.ts';
import { frontendFiles } from '../generator/frontend.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes what runs in the browser. */
export const frontend = defineAgent({
  id: 'frontend',
  title: 'Frontend',
  workerClass: 'tools',
  reads: ['DataModel'],
  makes: ['SourceCode'],
  async run(ctx) {
    const files = await ctx.step('write the pages', () => frontendFiles(ctx.input.artifact<DataModel>('DataModel')));
    return { artifacts: { SourceCode: { parts: { frontend: { language: 'HTML, CSS and JavaScript', files } } } } };
  },
});
