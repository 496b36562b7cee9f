import { isUnknown } from '../../core/artifacts/claim.ts';
import type { PRD } from '../../core/artifacts/prd.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { writeOpenApi } from '../domain/openapi.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Writes the OpenAPI document of the operations the stories need. */
export const apiDesign = defineAgent({
  id: 'api-design',
  title: 'API design',
  workerClass: 'models',
  reads: ['UserStories', 'PRD'],
  makes: ['OpenAPI'],
  prepare: loadGrammar,
  async run(ctx) {
    const stories = ctx.input.artifact<UserStories>('UserStories');
    const { title, overview } = ctx.input.artifact<PRD>('PRD');
    // The data model is derived here too, since both agents work side by side; the same stories give the same model.
    const model = await ctx.step('derive the data model', () => deriveDataModel(stories));
    await ctx.progress(0.5);
    const document = await ctx.step('write the document', () =>
      writeOpenApi(isUnknown(title) ? 'Service API' : title.text, overview.text, model, stories),
    );
    return { artifacts: { OpenAPI: document } };
  },
});
