import { z } from 'zod';
import { claims } from '../../core/artifacts/claim.ts';
import { GROUNDS } from '../../core/artifacts/grounds.ts';
import type { IdeaSpec } from '../../core/artifacts/idea-spec.ts';
import { loadGrammar } from '../domain/grammar.ts';
import { citing } from '../drafting/citing.ts';
import { draftStep } from '../drafting/draft-step.ts';
import { userWords } from '../drafting/users.ts';
import { defineAgent } from '../sdk/agent.ts';

/** One persona for each target user of the idea: what they need, what troubles them. */
export const persona = defineAgent({
  id: 'persona',
  title: 'Personas',
  workerClass: 'models',
  reads: ['IdeaSpec', 'Idea'],
  makes: ['IdeationResult'],
  prepare: loadGrammar,
  async run(ctx) {
    const users = ctx.input.artifact<IdeaSpec>('IdeaSpec').targetUsers;
    const drafted = await draftStep(ctx, {
      artifact: 'IdeationResult',
      about: 'personas',
      fields: z.strictObject(Object.fromEntries(users.map(({ text }, at) => [`P${at + 1}`, personaFields(text)]))),
      sources: ['Idea'],
    });
    const personas = users.map((user, at) => {
      const id = `P${at + 1}`;
      return { id, who: citing('IdeaSpec', `/targetUsers/${at}`, user), ...drafted[id] };
    });
    return { artifacts: { IdeationResult: { personas } } };
  },
});

/** Needs and frustrations must name this user, not just anyone. */
function personaFields(statement: string) {
  const about = userWords(statement);
  return z.strictObject({
    needs: claims('need: what this user wants, can do, gets: can, find, see, record', 3, {
      ...GROUNDS.need,
      about,
    }),
    frustrations: claims('frustration: problem today: slow, lost, late, difficult, nobody, never', 2, {
      ...GROUNDS.frustration,
      about,
    }),
  });
}
