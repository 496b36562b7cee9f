import { architectureDocSchema } from '../../core/artifacts/architecture-doc.ts';
import type { UserStories } from '../../core/artifacts/user-stories.ts';
import { componentsOf, diagramsOf } from '../domain/components.ts';
import { deriveDataModel } from '../domain/entities.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { planOperations } from '../domain/operations.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Cuts the system into parts and draws it four ways. */
export const architecture = defineAgent({
  id: 'architecture',
  title: 'Architecture',
  workerClass: 'models',
  prompt: 'architecture.md',
  reads: ['PRD', 'UserStories', 'TechStackProposal'],
  makes: ['ArchitectureDoc'],
  prepare: loadGrammar,
  async run(ctx) {
    const drafted = await draftStep(ctx, {
      artifact: 'ArchitectureDoc',
      about: 'overview and drivers',
      fields: architectureDocSchema.pick({ overview: true, drivers: true }),
      sources: ['PRD', 'TechStackProposal'],
    });
    await ctx.progress(0.4);
    const userStories = ctx.input.artifact<UserStories>('UserStories');
    const model = deriveDataModel(userStories);
    const components = await ctx.step('cut components', () => componentsOf(model, userStories.stories));
    await ctx.progress(0.7);
    const diagrams = await ctx.step('draw diagrams', () =>
      diagramsOf(components, model, userStories.stories, planOperations(model, userStories)),
    );
    return { artifacts: { ArchitectureDoc: { ...drafted, components, diagrams } } };
  },
});
