import type { IdeationResult } from '../../core/artifacts/ideation-result.ts';
import { revisedAssumptionsSchema } from '../../core/artifacts/revised-assumptions.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { namesUser } from '../drafting/users.ts';
import { defineAgent } from '../sdk/agent.ts';

/** Names what the idea takes for granted, who answers for it, and how it could be put to the test. */
export const assumptionChallenger = defineAgent({
  id: 'assumption-challenger',
  title: 'Assumption challenger',
  workerClass: 'models',
  prompt: 'assumption-challenger.md',
  reads: ['IdeationResult', 'Idea'],
  makes: ['RevisedAssumptions'],
  prepare: loadGrammar,
  async run(ctx) {
    const revised = await draftStep(ctx, {
      artifact: 'RevisedAssumptions',
      about: 'assumptions',
      fields: revisedAssumptionsSchema,
      sources: ['Idea', 'IdeationResult'],
    });
    const { personas } = ctx.input.artifact<IdeationResult>('IdeationResult');
    const users = personas.map(({ who }) => who);
    // What is assumed of a user of the product is the product's to answer for.
    const assumptions = revised.assumptions.map((assumption) =>
      assumption.owner === 'unknown' && namesUser(assumption.statement.text, users)
        ? { ...assumption, owner: 'product' as const }
        : assumption,
    );
    return { artifacts: { RevisedAssumptions: { assumptions } } };
  },
});
