import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Derives entities, fields and relations from the stories. */
export const dataModel = defineAgent({
  id: 'data-model',
  title: 'Data model',
  workerClass: 'models',
  reads: ['UserStories'],
  makes: ['DataModel'],
  prepare: loadGrammar,
  async run(ctx) {
    const stories = ctx.input.artifact<UserStories>('UserStories');
    const model = await ctx.step('derive the data model', () => deriveDataModel(stories));
    return { artifacts: { DataModel: model } };
  },
});
